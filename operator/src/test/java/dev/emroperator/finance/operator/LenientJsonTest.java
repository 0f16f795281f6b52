package dev.emroperator.finance.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.inputs.SpecCheck;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {

  private static FinancialAnalysis read(String spec, String status) {
    return read(
        "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"spec\":"
            + spec
            + ",\"status\":"
            + status
            + "}");
  }

  private static FinancialAnalysis read(String object) {
    return new KubernetesSerialization(LenientJson.mapper(), true)
        .unmarshal(object, FinancialAnalysis.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"inputs\": \"none\"}",
        "{\"inputs\": [1, 2]}",
        "{\"inputs\": [{\"name\": {}}], \"analyses\": [[]], \"output\": 7}",
        "{\"analyses\": [{\"name\": \"a\", \"of\": \"b\", \"bars\": \"daily\"}]}",
        "\"everything\"",
        "[]",
        "{\"cluster\": {\"core\": {\"capacity\": \"many\"}}}"
      })
  void whatCanNotBeReadIsAbsentAndRefused(String spec) {
    FinancialAnalysis object = read(spec, "{\"attempts\": 3, \"phase\": [\"Running\"]}");
    assertEquals("a", object.getMetadata().getName());
    if (object.getSpec() != null) {
      assertEquals(
          Reason.UNREADABLE_SPEC,
          SpecCheck.of(object.getSpec(), Samples.environment(), "research").orElseThrow().reason());
    }
  }

  @Test
  void whoWroteWhichFieldIsNotKept() {
    FinancialAnalysis object =
        read(
            "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"kubectl\"}],"
                + "\"labels\":{\"team\":\"research\"}}}");
    assertTrue(object.getMetadata().getManagedFields().isEmpty());
    assertEquals(Map.of("team", "research"), object.getMetadata().getLabels());
    assertEquals(Map.of(), object.getMetadata().getAdditionalProperties());
  }

  @Test
  void timesAndEnumsOfAnotherVersionAreAbsent() {
    FinancialAnalysis object =
        read(
            "{\"reuse\": \"Sometimes\"}",
            "{\"phase\": \"Dreaming\", \"message\": \"kept\","
                + " \"attempt\": {\"number\": 1, \"intendedAt\": \"yesterday\"}}");
    assertEquals("kept", object.getStatus().message());
    assertEquals(1, object.getStatus().attempt().number());
    assertTrue(object.getStatus().phase() == null);
  }

  @Test
  void reasonsAreWrittenAsTheirCodesAndOneOfAnotherVersionStopsNobody() {
    FinancialAnalysis object =
        read(
            "{}",
            "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"False\", \"reason\": \"Queued\"}],"
                + " \"outcome\": {\"reason\": \"Evaporated\"},"
                + " \"attempts\": [{\"reason\": {}}, {\"reason\": null}]}");
    FinancialAnalysisStatus status = object.getStatus();
    assertEquals(Reason.QUEUED, status.conditions().get(0).reason());
    assertEquals(Reason.UNKNOWN, status.outcome().reason());
    assertEquals(2, status.attempts().size());

    String written =
        new KubernetesSerialization(LenientJson.mapper(), true).asJson(status.conditions());
    assertTrue(written.contains("\"reason\":\"Queued\""), written);
  }
}
