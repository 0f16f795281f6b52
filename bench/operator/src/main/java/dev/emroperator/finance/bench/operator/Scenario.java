package dev.emroperator.finance.bench.operator;

import java.util.List;
import java.util.function.Function;

/** What is measured. */
enum Scenario {
  INTAKE("intake: objects that come at once, and go the whole way", Intake::measure),
  RESIDENT("resident: objects that are only there", Resident::measure);

  private final String title;
  private final transient Function<Options, List<Row>> measure;

  Scenario(String title, Function<Options, List<Row>> measure) {
    this.title = title;
    this.measure = measure;
  }

  String title() {
    return title;
  }

  /** Runs it on a cloud of its own. */
  List<Row> measure(Options options) {
    return measure.apply(options);
  }
}
