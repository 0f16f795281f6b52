package dev.emroperator.finance.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.Analysis;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One analysis of each kind, all in one application, and each in one of its own. */
final class AllKinds {

  private AllKinds() {}

  static Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    List<Analysis> all = analyses();
    ways.put("this job", way(all));
    all.forEach(one -> ways.put(one.name(), way(List.of(one))));
    return ways;
  }

  private static Way way(List<Analysis> analyses) {
    return new Way(
        (data, result) -> OurJob.run(needed(analyses, data), result, analyses),
        analyses.stream()
            .collect(
                Collectors.toMap(
                    Analysis::name,
                    one ->
                        "FROM read_parquet('RESULT/%s/**/part-*.parquet', union_by_name = true)"
                            .formatted(one.name()))));
  }

  static List<Analysis> analyses() {
    try (InputStream json = AllKinds.class.getResourceAsStream("fourteen.json")) {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Path> needed(List<Analysis> analyses, Map<String, Path> data) {
    Map<String, Path> needed = new LinkedHashMap<>(data);
    needed
        .keySet()
        .removeIf(
            name ->
                analyses.stream()
                    .noneMatch(one -> one.of().equals(name) || one.kind().with().contains(name)));
    return needed;
  }
}
