package dev.emroperator.finance.bench.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WindowTest {

  private static final Usage BEFORE = new Usage(10_000, 5, 100, 100, 50, 20);
  private static final Usage AFTER = new Usage(30_000, 8, 100, 100, 50, 20);

  private static List<Boolean> met(long before, long after, int wanted) {
    List<Row> rows = new Window(BEFORE, AFTER, before, after).clusters(wanted);
    return rows.stream().map(Row::isMet).toList();
  }

  @Test
  void clustersHaveToBeThereAtBothEnds() {
    assertEquals(List.of(true, true), met(490, 510, 500));
    assertEquals(List.of(false, true), met(489, 500, 500));
    assertEquals(List.of(true, false), met(500, 0, 500));
  }

  @Test
  void whereNoneIsWantedNoneMayBeThere() {
    assertEquals(List.of(true, false), met(0, 1, 0));
  }

  @Test
  void whatWasUsedIsOfItsTime() {
    Window window = new Window(BEFORE, AFTER, 490, 500);
    assertEquals(495, window.clusters());
    assertEquals(20, window.seconds());
    assertEquals(15, window.cpuPercent());
  }

  @Test
  void aHerdIsSeenInAnySecond() {
    List<Calls.Request> requests =
        LongStream.of(3100, 900, 1500, 1899, 1900, 2000)
            .mapToObj(at -> new Calls.Request(at, "GET", "/progress"))
            .toList();
    assertEquals(4, Resident.mostInOneSecond(requests));
    assertEquals(0, Resident.mostInOneSecond(List.of()));
  }
}
