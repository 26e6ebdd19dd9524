import type { LedgerEvent } from '../events/catalogue.ts'

/**
 * An event as CloudEvents 1.0. Extension attributes hold the whole metadata, so that nothing is lost on the way to
 * another system and back: `sequence` is the ledger position, `streamrevision` the revision, `actorunits` the units
 * joined by commas.
 */
export function toCloudEvent(event: LedgerEvent): Record<string, unknown> {
  const { metadata } = event
  const { actor, letter } = metadata
  const node = 'node' in event.data ? event.data.node : undefined
  return {
    specversion: '1.0',
    id: event.id,
    source: sourceOf(event.stream),
    type: `ir.karnameh.${kebab(event.type)}.v${event.version}`,
    ...(node !== undefined && { subject: node }),
    time: metadata.recordedAt,
    datacontenttype: 'application/json',
    dataschema: `/schemas/${event.type}.v${event.version}`,
    sequence: String(event.position),
    streamrevision: String(event.revision),
    correlationid: metadata.correlationId,
    causationid: metadata.causationId,
    commandid: metadata.commandId,
    commandhash: metadata.commandHash,
    actorid: actor.id,
    actorrole: actor.role,
    ...(actor.units.length > 0 && { actorunits: actor.units.join(',') }),
    ...(letter && { letternumber: letter.number, letterdate: letter.date }),
    ...(letter?.signatory !== undefined && { lettersignatory: letter.signatory }),
    data: event.data
  }
}

/** `evaluation-1402-x.y` is `/evaluations/1402-x.y`. */
const sourceOf = (stream: string): string => stream.replace(/^([a-z]+)-/, '/$1s/')

const kebab = (name: string): string => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()

/** One event a line. */
export const ndjsonLine = (event: LedgerEvent): string => `${JSON.stringify(toCloudEvent(event))}\n`
