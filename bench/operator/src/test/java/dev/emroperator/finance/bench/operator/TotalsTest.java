package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.EmrProcess.Call;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsTest {

  private static final Requests REQUESTS =
      new Requests(
          List.of(
              new Requests.Request(1, "patch", "financialanalyses/status", "a", 200),
              new Requests.Request(2, "create", "events", "b", 201)));
  private static final List<Calls.Request> S3 =
      List.of(new Calls.Request(1, "GET", "/a"), new Calls.Request(2, "GET", "/b"));

  private static Call call(String invocationId, String outcome) {
    return new Call(1, "RunJobFlow", invocationId, List.of("a"), outcome);
  }

  @Test
  void callsOfTheBenchmarkItselfAreNotCounted() {
    List<Call> emr =
        List.of(
            call("1", "ok"), call(null, "ok"), call("2", "ThrottlingException"), call("3", "ok"));
    assertEquals(
        Map.of(
            "requests of the API server",
            Map.of("patch financialanalyses/status", 1L, "create events", 1L),
            "calls of EMR",
            Map.of("RunJobFlow ok", 2L, "RunJobFlow ThrottlingException", 1L),
            "requests of S3",
            Map.of("GET", 2L)),
        new Totals(REQUESTS, emr, S3).told());
  }

  @Test
  void whereNothingWasRecordedNothingWasMeasured() {
    Totals withoutEmr = new Totals(REQUESTS, List.of(call(null, "ok")), S3);
    String message = assertThrows(IllegalStateException.class, withoutEmr::told).getMessage();
    assertTrue(message.contains("no calls of EMR were seen"), message);
  }
}
