package dev.emroperator.finance.operator.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names a result by what defines it: the analyses, the days, the output, the frozen files and the
 * job. Cluster, deadlines and tags change what is paid, not what comes out, so they are not part of
 * it.
 */
final class RunId {

  private static final int LENGTH = 16;
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private RunId() {}

  static String of(
      FinancialAnalysisSpec spec, Days days, List<FrozenInput> inputs, String jobVersion) {
    Map<String, Object> defining = new LinkedHashMap<>();
    defining.put("analyses", spec.analyses());
    defining.put("days", days);
    defining.put("inputs", inputs);
    defining.put("output", spec.output());
    defining.put("job", jobVersion);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(CANONICAL.writeValueAsString(defining).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
