package dev.emroperator.finance.operator.process;

import dev.emroperator.finance.operator.health.Vitals;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes the vitals of the running program. */
public record VitalSigns(
    Operator operator, ReconcileThreads threads, Shutdown shutdown, Optional<Election> election)
    implements Supplier<Vitals> {

  @Override
  public Vitals get() {
    List<InformerHealthIndicator> informers = informers();
    return new Vitals(
        operator.getRuntimeInfo().isStarted(),
        shutdown.hasBegun(),
        informers.stream().allMatch(InformerHealthIndicator::isRunning),
        informers.stream().allMatch(InformerHealthIndicator::hasSynced),
        threads.longestBusy(),
        threads.sinceLastFinished(),
        election.map(Election::vitals));
  }

  private List<InformerHealthIndicator> informers() {
    return operator.getRuntimeInfo().getRegisteredControllers().stream()
        .flatMap(
            c ->
                c.getControllerHealthInfo().informerEventSourceHealthIndicators().values().stream())
        .flatMap(source -> source.informerHealthIndicators().values().stream())
        .toList();
  }
}
