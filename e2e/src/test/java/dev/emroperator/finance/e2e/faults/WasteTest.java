package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.localcloud.ClusterLife;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which cluster time bought nothing. */
class WasteTest {

  private static ClusterLife life(long created, Long terminating, Long stepEnded, Long ended) {
    return new ClusterLife(
        "j-" + created,
        "lane/lane/r1/0f6d2a6e-1",
        "us-east-1",
        Map.of(),
        "",
        null,
        null,
        created,
        null,
        terminating,
        stepEnded,
        ended,
        List.of());
  }

  @Test
  void aClusterThatEndsWithItsWorkWastesNothing() {
    assertEquals(0, Waste.seconds(List.of(life(1000, 5000L, 5000L, 9000L)), 0, 10_000));
    assertEquals(0, Waste.seconds(List.of(), 0, 10_000));
  }

  @Test
  void aClusterThatLivesOnAfterItsWorkWastesTheTimeUntilItsEndBegins() {
    assertEquals(2, Waste.seconds(List.of(life(1000, 7000L, 5000L, 9000L)), 0, 10_000));
  }

  @Test
  void aClusterBeforeTheLastOneIsWastedAsAWhole() {
    ClusterLife first = life(1000, 3000L, 3000L, 4000L);
    ClusterLife last = life(4000, 9000L, 9000L, 9500L);
    assertEquals(3, Waste.seconds(List.of(first, last), 0, 10_000));
  }

  @Test
  void afterADeletionAllTimeIsWasted() {
    assertEquals(4, Waste.seconds(List.of(life(1000, 8000L, 8000L, 9000L)), 5000, 10_000));
  }
}
