package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final Turns turns = new Turns();
  private final TokenBucket bucket = new TokenBucket(1, 1, NOW);

  private Duration wait(String name) {
    return turns.reserve(name, bucket, NOW);
  }

  private List<String> crowd(int size) {
    List<String> crowd =
        IntStream.range(0, size).mapToObj(i -> "prod/crowd/" + i + "/x-1").toList();
    crowd.forEach(this::wait);
    return crowd;
  }

  /** Who is next, again and again, as those say who come for their turn. */
  private List<String> order(List<String> names) {
    List<String> left = new ArrayList<>(names);
    List<String> order = new ArrayList<>();
    while (!left.isEmpty()) {
      String next = left.stream().min(Comparator.comparing(this::wait)).orElseThrow();
      turns.used(next);
      left.remove(next);
      order.add(next);
    }
    return order;
  }

  @Test
  void oneNamespaceIsServedInTheOrderInWhichItsObjectsCame() {
    List<String> crowd = crowd(5);
    assertEquals(crowd, order(crowd));
  }

  @Test
  void oneObjectOfAnotherNamespaceWaitsForOneTurnAlone() {
    List<String> crowd = crowd(100);
    String single = "prod/single/a/x-1";
    assertEquals(Duration.ofSeconds(1), wait(single));
    turns.used(crowd.get(0));
    assertEquals(Duration.ZERO, wait(single));
    assertEquals(Duration.ofSeconds(1), wait(crowd.get(1)));
  }

  @Test
  void namespacesTakeTurnsWhileTheyHaveAnyone() {
    List<String> crowd = crowd(4);
    List<String> pair = List.of("prod/pair/0/x-1", "prod/pair/1/x-1");
    pair.forEach(this::wait);
    assertEquals(
        List.of(crowd.get(0), pair.get(0), crowd.get(1), pair.get(1), crowd.get(2), crowd.get(3)),
        order(Stream.concat(crowd.stream(), pair.stream()).toList()));
  }

  @Test
  void aCrowdThatIsDeletedHoldsNobodyUpForLong() {
    crowd(1000);
    String next = "prod/crowd/next/x-1";
    assertEquals(Duration.ofMinutes(1), wait(next));
    assertEquals(Duration.ofMinutes(1), turns.reserve(next, bucket, NOW.plusSeconds(60)));
    assertEquals(Duration.ZERO, turns.reserve(next, bucket, NOW.plusSeconds(121)));
  }

  @Test
  void eachIsToldAnotherTimeSoThatNobodyComesInVain() {
    List<String> all = new ArrayList<>(crowd(6));
    List.of("prod/b/0/x-1", "prod/b/1/x-1", "prod/c/0/x-1").forEach(all::add);
    all.forEach(this::wait);
    assertEquals(
        IntStream.range(0, all.size()).mapToObj(Duration::ofSeconds).toList(),
        all.stream().map(this::wait).sorted().toList());
  }
}
