package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.Output;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names a result by what defines it: the analyses, the days, the output, the frozen files, the job
 * and the request to make it anew. Cluster, deadlines and tags change what is paid, not what comes
 * out, so they are not part of it.
 */
final class RunId {

  private RunId() {}

  static String of(
      FinancialAnalysisSpec spec,
      Days days,
      List<FrozenInput> inputs,
      String jobVersion,
      Optional<String> rerun) {
    Map<String, Object> defining = new LinkedHashMap<>();
    defining.put("analyses", spec.analyses());
    defining.put("days", days);
    defining.put("inputs", inputs);
    Output output = spec.output();
    // How many runs are kept does not change what comes out.
    defining.put("output", new Output(output.path(), output.format(), output.partitionBy(), null));
    defining.put("job", jobVersion);
    rerun.ifPresent(request -> defining.put("rerun", request));
    return Fingerprint.of(defining);
  }
}
