package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a share of all calls of a lane go wrong, each in a way of its own. */
final class SoakWeather implements Interceptor {

  private final Random random;
  private final Map<Long, Effect> struck = new ConcurrentHashMap<>();
  private int percent;
  private int faults;
  private int costly;

  SoakWeather(long seed) {
    this.random = new Random(seed);
  }

  synchronized void turn(int newPercent) {
    percent = newPercent;
  }

  /** How many calls went wrong. */
  synchronized int faults() {
    return faults;
  }

  /** How many of them were calls that make, change or end a cluster. */
  synchronized int costly() {
    return costly;
  }

  @Override
  public Verdict before(Call call) {
    Effect effect = isStartCheck(call) ? null : draw(call);
    if (effect == null) {
      return Verdict.PASS;
    }
    struck.put(call.number(), effect);
    return effect.before(call.target());
  }

  @Override
  public Verdict after(Call call, int status) {
    Effect effect = struck.remove(call.number());
    return effect == null ? Verdict.PASS : effect.after();
  }

  private synchronized Effect draw(Call call) {
    if (random.nextInt(100) >= percent) {
      return null;
    }
    List<Effect> possible =
        Arrays.stream(Effect.values()).filter(effect -> befalls(effect, call)).toList();
    faults++;
    costly += call.target() == Target.EMR && call.isWrite() ? 1 : 0;
    return possible.get(random.nextInt(possible.size()));
  }

  /**
   * A start asks for a dozen rights and begins anew when one answer is missing, so that it would
   * hardly ever come through this weather, and the soak would be one of dead operators.
   */
  private static boolean isStartCheck(Call call) {
    return call.path().contains("/selfsubjectaccessreviews");
  }

  /** A refusal is no weather: it ends a run for good. And only what writes can conflict. */
  private static boolean befalls(Effect effect, Call call) {
    return effect.befalls(call.target())
        && effect != Effect.DENIED
        && (effect != Effect.CONFLICT || call.isWrite());
  }
}
