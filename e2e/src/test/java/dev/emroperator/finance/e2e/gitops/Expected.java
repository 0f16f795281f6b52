package dev.emroperator.finance.e2e.gitops;

import java.util.List;

/** What others are to make of an object: Argo CD, kstatus, and the actions that are offered. */
final class Expected {

  static final List<String> TABLE =
      """
      Asked-Failed | Progressing | Failed | rerun retry
      Asked-Pending | Progressing | InProgress | cancel suspend
      Asked-Running | Progressing | InProgress | cancel suspend
      Asked-Succeeded | Progressing | Current | rerun
      Deleting-DeletionBlocked | Progressing | Terminating |
      Deleting-Running | Progressing | Terminating |
      Failed-AnalysisFailed | Degraded | Failed | rerun retry
      Failed-Cancelled | Degraded | Failed | rerun retry
      Failed-UnknownEnvironment | Degraded | Failed | rerun retry
      Finishing-AnalysisFailed | Progressing | InProgress |
      Finishing-Cancelled | Progressing | InProgress |
      Finishing-InternalError | Progressing | InProgress |
      Finishing-Succeeded | Progressing | InProgress |
      Finishing-Suspended | Progressing | InProgress | resume
      Pending-Queued | Progressing | InProgress | cancel suspend
      Pending-RetryScheduled | Progressing | InProgress | cancel suspend
      Provisioning-Provisioning | Progressing | InProgress | cancel suspend
      Provisioning-Requested | Progressing | InProgress | cancel suspend
      Running-Running | Progressing | InProgress | cancel suspend
      Stale-None | Progressing | InProgress | cancel suspend
      Stale-Running | Progressing | InProgress | cancel resume
      Stale-Succeeded | Progressing | InProgress | rerun
      Stale-Suspended | Progressing | InProgress | cancel suspend
      Succeeded-Succeeded | Healthy | Current | rerun
      Suspended-Suspended | Suspended | InProgress | cancel resume
      """
          .lines()
          .toList();

  private Expected() {}
}
