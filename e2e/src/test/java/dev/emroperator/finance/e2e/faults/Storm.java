package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Many objects at once, while a share of their operator's calls fails. */
enum Storm {
  EMR_THROTTLES_30_PERCENT_AND_FAILS_10_PERCENT(50) {
    @Override
    Verdict befall(Call call, double draw) {
      if (call.target() != Target.EMR || draw >= 0.4) {
        return Verdict.PASS;
      }
      return (draw < 0.3 ? Effect.THROTTLED : Effect.ERROR_500).before(Target.EMR);
    }
  },
  KUBERNETES_ANSWERS_30_PERCENT_OF_WRITES_WITH_409(20) {
    @Override
    Verdict befall(Call call, double draw) {
      boolean hit = call.target() == Target.KUBERNETES && call.isWrite() && draw < 0.3;
      return hit ? Effect.CONFLICT.before(Target.KUBERNETES) : Verdict.PASS;
    }
  };

  static final String KIND = "storms";

  private final int objects;

  Storm(int objects) {
    this.objects = objects;
  }

  /**
   * What becomes of a call.
   *
   * @param draw for this call, from 0 to 1
   */
  abstract Verdict befall(Call call, double draw);

  static List<Drill> drills(long seed) {
    return List.of(values()).stream().map(storm -> storm.drill(seed)).toList();
  }

  private Drill drill(long seed) {
    String what = Scenarios.words(this);
    return new Drill(KIND, what, lane -> run(lane, what, new Random(seed)));
  }

  private Finding run(Lane lane, String what, Random random) {
    AtomicInteger hits = new AtomicInteger();
    lane.gateway()
        .intercept(
            new Interceptor() {
              @Override
              public Verdict before(Call call) {
                Verdict verdict = befall(call, random.nextDouble());
                if (verdict != Verdict.PASS) {
                  hits.incrementAndGet();
                }
                return verdict;
              }
            });
    Crowd crowd = Crowd.apply(lane, objects);
    crowd.awaitEnd();
    return crowd.judge(KIND, what, () -> hits.get() > objects);
  }
}
