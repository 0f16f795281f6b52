package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.concurrent.CountDownLatch;

/** Kills the operator of a lane at a moment of a call. */
final class Death implements Interceptor {

  private final Lane lane;
  private final Point point;
  private final Moment moment;
  private final Points points;
  private final CountDownLatch decided = new CountDownLatch(1);
  private volatile boolean dead;
  private volatile long number = -1;

  Death(Lane lane, String object, Point point, Moment moment) {
    this.lane = lane;
    this.point = point;
    this.moment = moment;
    this.points = new Points(lane.name(), object);
  }

  boolean hasCome() {
    return dead;
  }

  /** Waits until it has come, or is no longer to come; tells which. */
  boolean await() {
    try {
      decided.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return dead;
  }

  void giveUp() {
    decided.countDown();
  }

  @Override
  public Verdict before(Call call) {
    if (!point.equals(points.count(call))) {
      return Verdict.PASS;
    }
    number = call.number();
    return switch (moment) {
      case BEFORE -> kill(Verdict.DROP);
      case UNDERWAY -> kill(Verdict.delay(lane.pace().late()));
      case AFTER -> Verdict.PASS;
    };
  }

  @Override
  public Verdict after(Call call, int status) {
    return moment == Moment.AFTER && call.number() == number ? kill(Verdict.DROP) : Verdict.PASS;
  }

  private Verdict kill(Verdict verdict) {
    lane.killOperator();
    dead = true;
    decided.countDown();
    return verdict;
  }
}
