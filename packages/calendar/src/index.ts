export { type CalendarEntry, calendarFeed, invitation } from './calendar.js';
export { calendarResponse } from './calendar-response.js';
