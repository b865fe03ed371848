import type { BatchEvent } from './event.js'
import type { AnyEvent, MonitorEvent } from './metrics/monitorEvent.js'

/** By name, so that one that is missing does not compile. */
const batchEventTypes: Readonly<Record<BatchEvent['type'], true>> = {
  'run-started': true,
  'operation-added': true,
  'operation-ready': true,
  'attempt-started': true,
  'attempt-placed': true,
  'process-started': true,
  'operation-progress': true,
  'operation-output': true,
  'operation-emitted': true,
  'attempt-failed': true,
  'operation-succeeded': true,
  'operation-failed': true,
  'operation-skipped': true,
  'operation-cancelled': true,
  'operation-undone': true,
  'undo-failed': true,
  'journal-failed': true,
  'pool-closed': true,
  'run-finished': true,
}

const monitorEventTypes: Readonly<Record<MonitorEvent['type'], true>> = {
  'metrics-sampled': true,
  'alert-raised': true,
  'trend-changed': true,
}

/** The types of everything that passes behind `monitor`. */
export const eventTypes: readonly string[] = [...Object.keys(batchEventTypes), ...Object.keys(monitorEventTypes)]

/** Whether a run of this version tells events of this type. */
export function isEventType(type: unknown): type is BatchEvent['type'] {
  return typeof type === 'string' && Object.hasOwn(batchEventTypes, type)
}

/** Whether `monitor` has added it. */
export function isMonitorEvent(event: AnyEvent): event is MonitorEvent {
  return Object.hasOwn(monitorEventTypes, event.type)
}
