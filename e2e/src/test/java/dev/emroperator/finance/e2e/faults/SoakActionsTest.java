package dev.emroperator.finance.e2e.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.faults.SoakAction.Kind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the soak draws. */
class SoakActionsTest {

  private static List<SoakAction> drawn(long seed) {
    return Stream.generate(new SoakActions(seed)::next).limit(2000).toList();
  }

  @Test
  void aSeedGivesTheSameActionsAgain() {
    assertEquals(drawn(42), drawn(42));
    assertNotEquals(drawn(42), drawn(43));
  }

  @Test
  void everyKindOfActionIsDrawn() {
    Set<Kind> kinds = drawn(42).stream().map(SoakAction::kind).collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(Kind.class), kinds);
  }

  @Test
  void nothingIsDoneToAnObjectBeforeItsCreationOrAfterItsDeletion() {
    Set<String> alive = new HashSet<>();
    for (SoakAction action : drawn(42)) {
      switch (action.kind()) {
        case CREATE -> assertTrue(alive.add(action.object()), "made once: " + action);
        case DELETE -> assertTrue(alive.remove(action.object()), "it is there: " + action);
        case KILL, WEATHER, CUT_WATCHES -> assertEquals("", action.object());
        default -> assertTrue(alive.contains(action.object()), "it is there: " + action);
      }
    }
  }
}
