package dev.emroperator.finance.bench.operator;

import java.util.function.Function;

/** What is measured. */
enum Scenario {
  INTAKE("intake: objects that come at once, and go the whole way", Intake::measure),
  LATENCY("latency: objects that come one by one", Latency::measure),
  FAIRNESS("fairness: a crowd in one namespace, single objects in another", Latency::fairness),
  STEADY("steady: clusters that run, with EMR's quotas", Steady::measure),
  RESIDENT("resident: objects that are only there", Resident::measure),
  REMOVAL("removal: objects that are deleted at once", Removal::measure),
  FAILOVER("failover: two replicas, and the one that leads ends", Failover::measure),
  GROWTH("growth: more and more finished objects", Growth::measure),
  SOAK("soak: objects that come, run and go for long", Soak::measure);

  private final String title;
  private final transient Function<Options, Measured> measure;

  Scenario(String title, Function<Options, Measured> measure) {
    this.title = title;
    this.measure = measure;
  }

  String title() {
    return title;
  }

  /** Runs it on a cloud of its own. */
  Measured measure(Options options) {
    return measure.apply(options);
  }
}
