package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.EmrProcess;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the operators of a scenario asked of others from its beginning to its end.
 *
 * @param emr of the journal; calls of the benchmark itself are not counted
 */
record Totals(Requests requests, List<EmrProcess.Call> emr, List<Calls.Request> s3) {

  /**
   * Counts: of the API server by verb and kind, of EMR by operation and outcome, of S3 by method.
   *
   * @throws IllegalStateException when there is nothing of one of them: then any number of requests
   *     that was measured would be in vain
   */
  Map<String, Map<String, Long>> told() {
    Map<String, Map<String, Long>> told = new TreeMap<>();
    told.put("requests of the API server", requests.byVerb());
    told.put(
        "calls of EMR",
        counted(
            // Only SDKs give their calls an id, and the benchmark calls without one.
            emr.stream().filter(call -> call.invocationId() != null).toList(),
            call -> call.operation() + " " + call.outcome()));
    told.put("requests of S3", counted(s3, Calls.Request::method));
    told.forEach(
        (what, counts) -> {
          if (counts.isEmpty()) {
            throw new IllegalStateException(
                "no " + what + " were seen: look at how they are recorded");
          }
        });
    return told;
  }

  /** How many there are of each. */
  static <T> Map<String, Long> counted(Collection<T> all, Function<T, String> by) {
    return all.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }
}
