package dev.emroperator.finance.operator.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNameTest {

  private static String of(String message) {
    return EventName.of("us-equities", "uid-1", "Running", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily 41 % done           | daily 100 % done",
        "daily 41% done            | daily 7.5% done",
        "no heartbeat for 61 s     | no heartbeat for 20m",
        "since 2026-11-25T10:00:00Z | since 2026-11-25T11:30:59.123Z",
        "34 of 34 units            | 12 of 34 units"
      })
  void whatOnlyMovesOnIsTheSameNews(String one, String other) {
    assertEquals(of(one), of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster j-2AXXXXXXGAPLF  | cluster j-3AXXXXXXGAPLF",
        "no m6i.xlarge            | no m5.xlarge",
        "emr-7.12.0 is unknown    | emr-7.11.0 is unknown",
        "s3://b/2024/01/ is empty | s3://b/2024/02/ is empty"
      })
  void namesAndIdsAreNotNumbers(String one, String other) {
    assertNotEquals(of(one), of(other));
  }

  @Test
  void anotherReasonOrAnObjectMadeAnewIsOtherNews() {
    assertNotEquals(of("m"), EventName.of("us-equities", "uid-2", "Running", "m"));
    assertNotEquals(of("m"), EventName.of("us-equities", "uid-1", "Failed", "m"));
  }

  @Test
  void theLongestNameOfAnObjectStillGivesAName() {
    String name = EventName.of("a".repeat(235) + "-" + "b".repeat(17), "uid", "R", "m");
    assertTrue(name.length() <= 253, name);
    assertTrue(name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"));
  }
}
