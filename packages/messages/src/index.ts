export * from './contracts.js';
export { MessageBus, type MessageBusOptions, type MessageHandler } from './message-bus.js';
export { defineMessage, type MessageType, type PayloadOf, type ServiceName } from './message-type.js';
