// The algorithms that come with a node: name, usual parameters, their meaning (docs/policies.md). Others (plug-ins) may be typed in by name.

export const POLICIES = [
  ['BrokerMatch', 'lazy, 6', 'membership (lazy, eager), deals (1 to 16)'],
  ['LeastLoadedSpill', '4, 3', 'd peers looked at (1 to 64), attempts (1 to 8)'],
  ['JoinIdleQueue', '3', 'attempts (1 to 8)'],
  ['PullFromQueue', '', ''],
  ['Prequal', '0.84, 2', 'quantile (0 to 1), reuse (1 to 64)'],
  ['PowerOfNScheduler', '1, 2, true, 1', 'F peers to probe, T load from which on, loss (true, false), maxHops'],
  ['PowerOfNSchedulerTau', '1, 2, true, 1, 10ms', 'F, T, loss, maxHops, tau'],
  ['RoundRobinWithMasterScheduler', 'auto, auto, false', 'master, masterId, loss'],
  ['RandomSpill', '3', 'attempts (1 to 8)'],
  ['LeastLoaded', '2', 'd peers looked at (1 to 64)'],
  ['SharedSubscription', '1', 'attempts (1 to 8)'],
  ['ForwardScheduler', '1', 'maxHops (0 to 16)'],
  ['NoScheduler', 'false', 'loss (true: reject rather than wait)'],
  ['LearningScheduler', '1', 'taskTypes (1 to 127)'],
  ['RejectScheduler', '', ''],
];
