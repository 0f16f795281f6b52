package dev.emroperator.finance.job.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions that a select may call; their list is {@code sql-functions.txt}. */
final class SqlFunctions {

  private static final Set<String> ALLOWED = read();

  private SqlFunctions() {}

  static boolean allows(String name) {
    return ALLOWED.contains(name.toLowerCase(Locale.ROOT));
  }

  static Set<String> all() {
    return ALLOWED;
  }

  private static Set<String> read() {
    try (InputStream in = SqlFunctions.class.getResourceAsStream("sql-functions.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split("\\s+")))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
