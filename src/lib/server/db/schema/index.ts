export * from './certificates.ts';
export * from './classes.ts';
export * from './courses.ts';
export * from './coverage.ts';
export * from './events.ts';
export * from './exams.ts';
export * from './people.ts';
export * from './platform.ts';
