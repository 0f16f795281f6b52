package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.operator.FinancialAnalysis;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The objects as the informer has them; known once the controller has begun. */
public final class Neighbours implements Function<String, Stream<FinancialAnalysis>> {

  private volatile IndexerResourceCache<FinancialAnalysis> cache;

  void are(IndexerResourceCache<FinancialAnalysis> primaries) {
    cache = primaries;
  }

  @Override
  public Stream<FinancialAnalysis> apply(String namespace) {
    return cache == null ? Stream.empty() : cache.list(namespace);
  }

  /** Of all namespaces that are watched. */
  public List<FinancialAnalysis> all() {
    return cache == null ? List.of() : cache.list(object -> true).toList();
  }
}
