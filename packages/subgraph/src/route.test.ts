import { describe, expect, it } from 'vitest';
import { findRoute, type ServiceRoute } from './route.js';

const route = (path: string, ...methods: ServiceRoute['methods']): ServiceRoute => ({
  path,
  methods,
  handle: async () => new Response(path),
});

const calendar = route('/calendar/events/:id.ics', 'GET', 'HEAD');
const upload = route('/documents/uploads/:id', 'PATCH');
const remove = route('/documents/uploads/:id', 'DELETE');
const routes = [calendar, upload, remove];

describe('a route is found', () => {
  it('by its method and path, with what the path names', () => {
    expect(findRoute(routes, 'GET', '/calendar/events/a-1.ics')).toEqual({
      route: calendar,
      params: { id: 'a-1' },
    });
    expect(findRoute(routes, 'DELETE', '/documents/uploads/7')).toEqual({
      route: remove,
      params: { id: '7' },
    });
  });

  it('with what is written in percent signs', () => {
    expect(findRoute(routes, 'GET', '/calendar/events/%C3%B8.ics')).toMatchObject({ params: { id: 'ø' } });
  });
});

describe('no route is found', () => {
  it.each([
    '/calendar/events/.ics',
    '/calendar/events/a/b.ics',
    '/calendar/events/a.icsx',
    '/xcalendar/events/a.ics',
    '/calendar/events/aXics',
    '/calendar/events/%.ics',
    `/calendar/events/${'a'.repeat(5_000)}.ics`,
    '',
  ])('at %.40s', (path) => {
    expect(findRoute(routes, 'GET', path)).toBeNull();
  });

  it('by another method: it says which there are', () => {
    expect(findRoute(routes, 'GET', '/documents/uploads/7')).toEqual({ allowed: ['PATCH', 'DELETE'] });
  });
});
