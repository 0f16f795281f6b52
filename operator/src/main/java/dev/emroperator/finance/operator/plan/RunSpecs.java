package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.FinancialAnalysisStatus.RunSpec;
import dev.emroperator.finance.operator.FinancialAnalysis;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a run is made of: the spec without what may change while it runs. When it changes after the
 * end, another run begins.
 */
public final class RunSpecs {

  private RunSpecs() {}

  public static RunSpec of(FinancialAnalysis object) {
    return new RunSpec(object.getMetadata().getGeneration(), hash(object.getSpec()));
  }

  /**
   * True when the user has changed what the run was made of. A newer operator may read more out of
   * the same spec; that is no change.
   */
  public static boolean changed(FinancialAnalysis object) {
    RunSpec before = object.statusOrEmpty().run();
    return before != null
        && !Objects.equals(before.generation(), object.getMetadata().getGeneration())
        && !Objects.equals(before.hash(), hash(object.getSpec()));
  }

  private static String hash(FinancialAnalysisSpec spec) {
    Map<String, Object> defining = new LinkedHashMap<>();
    defining.put("environment", spec.environment());
    defining.put("inputs", spec.inputs());
    defining.put("range", spec.range());
    defining.put("analyses", spec.analyses());
    defining.put("output", spec.output());
    defining.put("cluster", spec.cluster());
    defining.put("reuse", spec.reuse());
    defining.put("tags", spec.tags());
    defining.put("spark", spec.spark());
    return Fingerprint.of(defining);
  }
}
