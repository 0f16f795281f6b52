package dev.emroperator.finance.operator.config;

import dev.emroperator.finance.api.TimeSpan;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration: all of it at once, each with its field. */
final class Problems {

  private final List<String> found = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();

  void add(String field, String problem) {
    if (!unreadable.contains(field)) {
      found.add(field + " " + problem);
    }
  }

  /** What can't be read is not said to be missing as well. */
  void unreadable(String field, String problem) {
    add(field, problem);
    unreadable.add(field);
  }

  void addAll(Collection<String> problems) {
    found.addAll(problems);
  }

  void require(String field, String value) {
    if (value == null || value.isBlank()) {
      add(field, "is missing");
    }
  }

  void require(String field, Collection<?> values) {
    if (values == null || values.isEmpty()) {
      add(field, "is empty");
    }
  }

  /** True when it is one. */
  boolean timeSpan(String field, String value) {
    try {
      TimeSpan.parse(value);
      return true;
    } catch (IllegalArgumentException e) {
      add(field, "is wrong: " + e.getMessage());
      return false;
    }
  }

  void leaseNamespace(String value) {
    if (value == null || value.isBlank()) {
      add(
          "leaderElection.namespace",
          "is missing: outside of a pod, say where the lease is kept, or set"
              + " leaderElection.enabled: false for a process that is alone");
    }
  }

  void prefix(String field, String value) {
    if (value == null || !value.startsWith("s3://") || !value.endsWith("/")) {
      add(field, "must be a prefix such as s3://bucket/folder/, but is " + value);
      return;
    }
    try {
      S3Uri.parse(value);
    } catch (IllegalArgumentException e) {
      add(field, "is wrong: " + e.getMessage());
    }
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
