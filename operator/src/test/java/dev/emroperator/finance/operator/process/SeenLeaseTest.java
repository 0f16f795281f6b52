package dev.emroperator.finance.operator.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.emroperator.finance.operator.ManualClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SeenLeaseTest {

  private static final Duration LASTS = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final LeaseInMemory lease = new LeaseInMemory();
  private final SeenLease seen = new SeenLease(lease, clock);

  @Test
  void aLeaseThatSomeoneRenewsCountsAsHeld() {
    clock.pass(STEP);
    lease.record = heldBy("other");
    seen.get(null);
    assertEquals(Duration.ZERO, seen.sinceHeld());
    clock.pass(STEP);
    assertEquals(STEP, seen.sinceHeld());
  }

  @Test
  void anExpiredOrGivenAwayLeaseDoesNot() {
    lease.record = heldBy("dead");
    clock.pass(LASTS.plus(STEP));
    seen.get(null);
    assertEquals(LASTS.plus(STEP), seen.sinceHeld());
    lease.record = heldBy("");
    seen.get(null);
    assertEquals(LASTS.plus(STEP), seen.sinceHeld());
    assertEquals(Duration.ZERO, seen.sinceAnswered());
  }

  @Test
  void anApiServerThatDoesNotAnswerIsTriedButNotHeard() {
    clock.pass(STEP);
    lease.answers = false;
    assertThrows(KubernetesClientException.class, () -> seen.get(null));
    assertEquals(Duration.ZERO, seen.sinceTried());
    assertEquals(STEP, seen.sinceAnswered());
  }

  @Test
  void takingOrRenewingItCountsAsHeld() {
    clock.pass(STEP);
    seen.create(null, heldBy("me"));
    assertEquals(Duration.ZERO, seen.sinceHeld());
    clock.pass(STEP);
    seen.update(null, heldBy("me"));
    assertEquals(Duration.ZERO, seen.sinceHeld());
  }

  private LeaderElectionRecord heldBy(String holder) {
    var now = clock.instant().atZone(ZoneOffset.UTC);
    return new LeaderElectionRecord(holder, LASTS, now, now, 0);
  }

  private static final class LeaseInMemory implements Lock {
    private LeaderElectionRecord record;
    private boolean answers = true;

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
      if (!answers) {
        throw new KubernetesClientException("timed out");
      }
      return record;
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord next) {
      record = next;
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord next) {
      record = next;
    }

    @Override
    public String identity() {
      return "me";
    }

    @Override
    public String describe() {
      return "lease";
    }
  }
}
