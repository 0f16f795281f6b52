package dev.emroperator.finance.e2e.gitops;

import java.util.List;

/** What others are to make of an object: Argo CD, kstatus, and the actions that are offered. */
final class Expected {

  static final List<String> TABLE =
      """
      Asked-Failed | Progressing | Failed | rerun retry
      """
          .lines()
          .toList();

  private Expected() {}
}
