// Imported before anything of Apollo's: @apollo/gateway reports usage to its maker every hour unless this
// is set when a gateway is constructed. A region's traffic is nobody else's business.
process.env.APOLLO_TELEMETRY_DISABLED = '1';
