import { parse } from 'protobufjs'

// The messages of an export of spans, by the names, numbers and types that the OTLP specification gives their fields
// (https://opentelemetry.io/docs/specs/otlp, version 1).
const messages = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; string schema_url = 3; }
message Resource { repeated KeyValue attributes = 1; uint32 dropped_attributes_count = 2; }
message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
message InstrumentationScope { string name = 1; string version = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; bytes bytes_value = 7; } }
message Span {
  bytes trace_id = 1;
  bytes span_id = 2;
  string trace_state = 3;
  bytes parent_span_id = 4;
  string name = 5;
  int32 kind = 6;
  fixed64 start_time_unix_nano = 7;
  fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9;
  uint32 dropped_attributes_count = 10;
  repeated Event events = 11;
  uint32 dropped_events_count = 12;
  repeated Link links = 13;
  uint32 dropped_links_count = 14;
  Status status = 15;
  fixed32 flags = 16;
  message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; uint32 dropped_attributes_count = 4; }
  message Link { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; repeated KeyValue attributes = 4; uint32 dropped_attributes_count = 5; fixed32 flags = 6; }
}
message Status { string message = 2; int32 code = 3; }
`

const idFields = new Set(['traceId', 'spanId', 'parentSpanId'])

/** Ids are hex in OTLP/JSON, where protobuf's own JSON has base64. */
function withBytes(value: unknown, key = ''): unknown {
  if (idFields.has(key)) return Buffer.from(String(value), 'hex')
  if (Array.isArray(value)) return value.map((member) => withBytes(member))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBytes(member, name)]))
}

function withHex(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('hex')
  if (Array.isArray(value)) return value.map(withHex)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withHex(member)]))
}

/** What a collector understands of a request in JSON: it went through the wire format. Fields it does not know are gone. */
export function understood(request: unknown): unknown {
  const type = parse(messages).root.lookupType('ExportTraceServiceRequest')
  const given = withBytes(request) as Record<string, unknown> // A request is an object.
  const fault = type.verify(type.toObject(type.fromObject(given)))
  if (fault !== null) throw new Error(fault)
  const message = type.decode(type.encode(type.fromObject(given)).finish())
  return withHex(type.toObject(message, { longs: String, bytes: Buffer }))
}
