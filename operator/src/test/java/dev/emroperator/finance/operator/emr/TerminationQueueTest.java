package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.emr.EmrException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminationQueueTest {

  private final ManualClock clock = new ManualClock();
  private final List<List<String>> sent = new ArrayList<>();
  private final TerminationQueue queue = new TerminationQueue(this::send, clock);
  private String bad = "";
  private RuntimeException failure;
  private Runnable onSend = () -> {};

  private void send(List<String> batch) {
    sent.add(List.copyOf(batch));
    onSend.run();
    if (failure != null) {
      RuntimeException thrown = failure;
      failure = null;
      throw thrown;
    }
    if (batch.contains(bad)) {
      throw new EmrException(Kind.REFUSED, "ValidationException: protected " + bad, null);
    }
  }

  private static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "j-" + i).toList();
  }

  private void sendAll() {
    while (!queue.isEmpty()) {
      queue.sendNext();
    }
  }

  @Test
  void sendsTenAtATimeAndEachOnce() {
    ids(1, 23).forEach(id -> queue.ask(List.of(id)));
    queue.ask(List.of("j-3"));
    sendAll();
    assertEquals(List.of(ids(1, 10), ids(11, 20), ids(21, 23)), sent);
  }

  @Test
  void whatEmrHasAcceptedIsAskedForAgainOnlyWhenEveryListHadTimeToShowIt() {
    queue.ask(List.of("j-1"));
    sendAll();
    queue.ask(List.of("j-1"));
    assertTrue(queue.isEmpty());
    clock.pass(Duration.ofSeconds(90));
    queue.ask(List.of("j-1"));
    sendAll();
    assertEquals(List.of(List.of("j-1"), List.of("j-1")), sent);
  }

  @Test
  void whoeverIsAskedForWhileTheRequestIsOnItsWayIsNotSentTwice() {
    onSend = () -> queue.ask(List.of("j-1"));
    queue.ask(ids(1, 2));
    sendAll();
    assertEquals(List.of(ids(1, 2)), sent);
  }

  @Test
  void oneBadIdDoesNotHoldBackNine() {
    bad = "j-4";
    queue.ask(ids(1, 10));
    sendAll();
    assertEquals(11, sent.size());
    assertEquals(ids(1, 10), sent.stream().skip(1).map(batch -> batch.get(0)).toList());
    queue.ask(ids(1, 3));
    queue.ask(ids(5, 10));

    EmrException e = assertThrows(EmrException.class, () -> queue.ask(List.of("j-4")));
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("protected j-4"), e.getMessage());
  }

  @Test
  void whoeverIsToldOfAFailureIsTriedAgainAllTheSame() {
    bad = "j-1";
    queue.ask(List.of("j-1"));
    sendAll();
    bad = "";
    assertThrows(EmrException.class, () -> queue.ask(List.of("j-1")));
    sendAll();
    assertEquals(2, sent.size());
    queue.ask(List.of("j-1"));
  }

  @Test
  void withoutATokenTheIdsWait() {
    failure = new ApiBudget.Spent(Operation.TERMINATE_JOB_FLOWS, Duration.ofSeconds(2));
    queue.ask(ids(1, 3));
    assertEquals(Duration.ofSeconds(2), queue.sendNext());
    assertEquals(Duration.ZERO, queue.sendNext());
    assertEquals(List.of(ids(1, 3), ids(1, 3)), sent);
    assertTrue(queue.isEmpty());
  }

  @Test
  void aServerErrorIsToldToEachAndNotRepeatedByItself() {
    failure = new EmrException(Kind.UNKNOWN_OUTCOME, "HTTP 500", null);
    queue.ask(ids(1, 2));
    sendAll();
    assertEquals(1, sent.size());
    ids(1, 2).forEach(id -> assertThrows(EmrException.class, () -> queue.ask(List.of(id)), id));
  }

  @Test
  void anyExceptionIsAFailureThatIsTold() {
    failure = new IllegalStateException("boom");
    queue.ask(List.of("j-1"));
    sendAll();
    EmrException e = assertThrows(EmrException.class, () -> queue.ask(List.of("j-1")));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
  }
}
