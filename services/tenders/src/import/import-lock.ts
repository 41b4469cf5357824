/**
 * Number of the advisory lock that everything takes which starts or joins procurements. Any number will do;
 * all of a deployment take the same.
 */
export const IMPORT_LOCK = 7_264_001;
