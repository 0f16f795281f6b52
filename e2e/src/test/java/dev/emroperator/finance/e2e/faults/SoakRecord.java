package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the soak did and saw, and what follows of it for clusters. Times are epoch milliseconds. */
final class SoakRecord {

  private static final Set<Kind> ASKS_FOR_MORE = EnumSet.of(Kind.RERUN, Kind.RETRY);

  /**
   * An action that was taken.
   *
   * @param uid of its object, shortened; empty for what befalls the lane
   */
  record Done(long at, String uid, SoakAction action) {
    boolean is(Kind kind) {
      return action.kind() == kind;
    }
  }

  /**
   * A time in which no cluster may live that nobody has asked to end.
   *
   * @param since when the user said so
   * @param until when the user said otherwise
   */
  record Rest(String uid, long since, long until, String why) {}

  /** A time in which no operator was ready, from its death until the next one was. */
  record Down(long since, long until) {}

  private SoakRecord() {}

  /**
   * When an operator has had so much time, since a time, in which it was ready.
   *
   * @param downs in their order
   */
  static long due(long since, Duration bound, List<Down> downs) {
    long due = since + bound.toMillis();
    for (Down down : downs) {
      long lost = down.until() - Math.max(since, down.since());
      if (down.since() < due && lost > 0) {
        if (down.until() == Long.MAX_VALUE) {
          return Long.MAX_VALUE;
        }
        due += lost;
      }
    }
    return due;
  }

  /** The rests that the actions, in their order, ask for. */
  static List<Rest> rests(List<Done> all) {
    List<Rest> rests = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Done done = all.get(i);
      List<Done> earlier = all.subList(0, i);
      List<Done> later = all.subList(i + 1, all.size());
      switch (done.action().kind()) {
        case DELETE -> rests.add(rest(done, Long.MAX_VALUE));
        case SUSPEND -> rests.add(rest(done, next(later, done, EnumSet.of(Kind.RESUME))));
        case CANCEL -> {
          // What was asked for before may begin after the end that the cancellation brings.
          if (earlier.stream().noneMatch(d -> sameObject(d, done) && asksForMore(d))) {
            rests.add(rest(done, next(later, done, ASKS_FOR_MORE)));
          }
        }
        default -> {}
      }
    }
    return rests;
  }

  /** True when the user ended what ran between two times. */
  static boolean wasEnded(List<Done> all, String uid, long from, long to) {
    return all.stream()
        .anyMatch(
            done ->
                done.uid().equals(uid)
                    && done.at() >= from
                    && done.at() <= to
                    && (done.is(Kind.DELETE) || done.is(Kind.SUSPEND) || done.is(Kind.CANCEL)));
  }

  private static Rest rest(Done done, long until) {
    return new Rest(done.uid(), done.at(), until, "" + done.action().kind());
  }

  private static long next(List<Done> later, Done done, Set<Kind> kinds) {
    return later.stream()
        .filter(d -> sameObject(d, done) && kinds.contains(d.action().kind()))
        .mapToLong(Done::at)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean asksForMore(Done done) {
    return ASKS_FOR_MORE.contains(done.action().kind());
  }

  private static boolean sameObject(Done one, Done other) {
    return one.uid().equals(other.uid());
  }
}
