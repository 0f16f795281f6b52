package dev.emroperator.finance.operator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.JobFlow;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact request and the exact plan, held against files that a person can read. */
class JobFlowPlanTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static FinancialAnalysis claimed(FinancialAnalysis object) {
    Attempt attempt =
        new Attempt(1, AttemptName.cluster("prod", object, 1), NOW, "process-1", 0, NOW);
    object.setStatus(
        FinancialAnalysisStatus.EMPTY.withRunId("4f2a6c8e0b1d3f57").withAttempt(attempt));
    return object;
  }

  private static JobFlow request(String spec) {
    return JobFlowPlan.of(
        "prod",
        Samples.environment(),
        claimed(Samples.object(spec)),
        10L << 30,
        S3Uri.parse("s3://artifacts/jobs/spark-job-0123456789ab.jar"));
  }

  private static void assertGolden(String file, Object value) throws IOException {
    String expected = Files.readString(Samples.file(file));
    assertEquals(expected.strip(), JSON.writeValueAsString(value));
  }

  @Test
  void theRequestIsExactlyThis() throws IOException {
    assertGolden("/golden/run-job-flow.json", request(Samples.SPEC));
  }

  @Test
  void thePlanIsExactlyThis() throws IOException {
    FinancialAnalysis object = Samples.object();
    List<FrozenInput> inputs =
        List.of(
            new FrozenInput(
                object.getSpec().inputs().get(0),
                List.of(new Plan.File("s3://market-data/us/daily/2010.csv", 4711, "\"e1\""))));
    assertGolden("/golden/plan.json", Run.plan(object, 1, inputs, "0123456789ab", NOW));
  }

  @Test
  void theLastDaysCountInTheZoneOfTheMarket() {
    FinancialAnalysis object =
        Samples.object(
            Samples.SPEC.replace(
                "{from: 2010-01-04, to: 2012-12-31, warmup: 400d}", "{last: 30d}"));
    Instant eveningInNewYork = Instant.parse("2026-03-02T03:00:00Z");
    Plan plan = Run.plan(object, 1, List.of(), "v", eveningInNewYork);
    assertEquals("2026-03-01", plan.to());
    assertEquals("2026-01-31", plan.from());
  }

  @Test
  void withoutSpotThereIsNoTaskFleet() {
    JobFlow request = request(Samples.SPEC + "cluster: {task: {spotCapacity: 0}}\n");
    assertEquals(2, request.fleets().size());
    assertEquals(1, request.managedScaling().maximum());
  }
}
