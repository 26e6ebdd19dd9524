import gossipRpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import featuresRpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import streamsRpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { type handleUnaryCall, Server, ServerCredentials, status } from '@grpc/grpc-js'
import { type Guard, serveAppend, serveBatchAppend } from './eventstoredb-appends.ts'
import { createLog, type NodeLog } from './eventstoredb-log.ts'
import { type Asked, failure, type ReadCall, serveRead } from './eventstoredb-rpc.ts'
import { createGate, type Gate } from './wire-gate.ts'

/*
 * One or more nodes that speak the event store's own protocol over loopback sockets, for tests of the adapter with the
 * real client. They share one log in memory; one of them leads. Not a database: it forgets when the process ends.
 */

/** What a test makes the nodes do wrong. */
export interface Faults {
  /** Waits before an append is looked at, and before a read begins. */
  delayMs: number
  /** Of so many appends the answer is lost after they were stored. */
  lostAnswers: number
  /** So many appends fail in the server itself, which does not say why. */
  failures: number
  /** Answers an append only so long after it was stored. */
  lateMs: number
  /** Appends are refused to this user. */
  isReadOnly: boolean
}

interface Member {
  gate: Gate
  server: Server
  isAlive: boolean
}

export interface TestCluster {
  /** `esdb://…` with all members. */
  address: string
  log: NodeLog
  faults: Faults
  asked: Asked
  gates: Gate[]
  /** Takes the leader down, or leaves it connected but dumb; another one leads after so long. */
  killLeader(electionMs: number, how?: 'down' | 'silent'): Promise<void>
  close(): Promise<void>
}

export async function startNodes(count = 1): Promise<TestCluster> {
  const log = createLog()
  const faults: Faults = { delayMs: 0, lostAnswers: 0, failures: 0, lateMs: 0, isReadOnly: false }
  const asked: Asked = {
    strayPositions: [],
    openReads: 0,
    reads: 0,
    sent: 0,
    calls: new Set(),
    ofAnyNode: new Set()
  }
  const members: Member[] = []
  const state = { leader: 0 as number | null }
  for (let own = 0; own < count; own++) {
    const guard: Guard = (call, metadata) => {
      asked.calls.add(call)
      if (metadata.get('requires-leader')[0] === 'true') return refusal(own, members, state.leader)
      asked.ofAnyNode.add(call)
      return null
    }
    const server = serverOf({ log, faults, asked, guard, gossip: () => clusterInfo(members, state.leader) })
    const port = await listen(server)
    members.push({ gate: await createGate(port), server, isAlive: true })
  }
  const hosts = members.map(({ gate }) => `127.0.0.1:${gate.port}`).join(',')
  return {
    address: `esdb://${hosts}?tls=false&discoveryInterval=50`,
    log,
    faults,
    asked,
    gates: members.map(({ gate }) => gate),
    async killLeader(electionMs, how = 'down') {
      const killed = members[state.leader ?? 0]
      state.leader = null
      if (!killed) return
      killed.isAlive = false
      setTimeout(() => {
        state.leader = members.findIndex(({ isAlive }) => isAlive)
      }, electionMs)
      if (how === 'down') await killed.gate.down()
      else killed.gate.silence()
    },
    async close() {
      for (const { gate, server } of members) {
        server.forceShutdown()
        await gate.down().catch(() => {})
      }
    }
  }
}

interface Served {
  log: NodeLog
  faults: Faults
  asked: Asked
  guard: Guard
  gossip: () => InstanceType<typeof gossipPb.ClusterInfo>
}

function serverOf({ log, faults, asked, guard, gossip }: Served): Server {
  const server = new Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 })
  const after = (work: () => unknown) => (faults.delayMs > 0 ? setTimeout(work, faults.delayMs) : work())
  const appends = { log, faults, after }
  server.addService(streamsRpc.StreamsService, {
    read: (call: ReadCall) => {
      const refused = guard('read', call.metadata)
      if (refused) call.emit('error', refused)
      else after(() => serveRead(call, log, asked))
    },
    append: serveAppend(appends, guard),
    batchAppend: serveBatchAppend(appends, guard),
    delete: unimplemented,
    tombstone: unimplemented
  })
  const features: handleUnaryCall<unknown, InstanceType<typeof featuresPb.SupportedMethods>> = (_, answer) =>
    answer(null, supportedMethods())
  server.addService(featuresRpc.ServerFeaturesService, { getSupportedMethods: features })
  const read: handleUnaryCall<unknown, InstanceType<typeof gossipPb.ClusterInfo>> = (_, answer) =>
    answer(null, gossip())
  server.addService(gossipRpc.GossipService, { read })
  return server
}

const unimplemented: handleUnaryCall<unknown, never> = (_, answer) =>
  answer(failure(status.UNIMPLEMENTED, 'not here'))

function supportedMethods() {
  const methods = new featuresPb.SupportedMethods().setEventStoreServerVersion('23.10.8')
  for (const name of ['read', 'append', 'batchappend']) {
    methods.addMethods(
      new featuresPb.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(name)
    )
  }
  return methods
}

/** What only a leader may answer is refused by the others with the leader's address, and by all while there is none. */
function refusal(own: number, members: readonly Member[], leader: number | null) {
  if (leader === own) return null
  const known = leader === null ? undefined : members[leader]
  if (!known) return failure(status.UNAVAILABLE, 'Server Is Not Ready')
  return failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(known.gate.port)
  })
}

function clusterInfo(members: readonly Member[], leader: number | null) {
  const { LEADER, FOLLOWER, UNKNOWN } = gossipPb.MemberInfo.VNodeState
  const info = new gossipPb.ClusterInfo()
  for (const [i, { gate, isAlive }] of members.entries()) {
    const member = new gossipPb.MemberInfo()
      .setIsAlive(isAlive)
      .setState(leader === null ? UNKNOWN : leader === i ? LEADER : FOLLOWER)
      .setTimeStamp('0')
      .setHttpEndPoint(new gossipPb.EndPoint().setAddress('127.0.0.1').setPort(gate.port))
    info.addMembers(member)
  }
  return info
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port)
    )
  })
