package dev.emroperator.finance.e2e.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command of docs/image.md, in a checkout that nothing was built in. Only where it takes the
 * base from and where the image goes is changed, for that needs a registry, and SpotBugs has judged
 * the code before.
 */
@Tag("delivery")
class ImageCommandIT {

  private static final Pattern COMMAND = Pattern.compile("(?m)^mvn (?:.*\\\\\\n)*.*$");
  private static final Path DIGEST = Path.of("operator/target/jib-image.digest");
  private static final Set<String> LEFT_OUT = Set.of("target", ".git");

  @TempDir Path checkout;

  /** And that is the same, bit for bit, as the one of this build. */
  @Test
  void itMakesOneImageAndThatOfTheOperator() throws IOException {
    copy(Checkout.find().root());
    Tool shell = new Tool(Path.of("/bin/sh"));
    Tool.Answer answer = shell.run(checkout, Map.of(), "-c", withoutRegistry());

    assertEquals(0, answer.exitCode(), answer.printed());
    assertEquals(
        Files.readString(DIGEST), Files.readString(checkout.resolve(DIGEST)), answer.printed());
    for (String other : Set.of("api", "spark-job")) {
      assertFalse(Files.exists(checkout.resolve(other + "/target/jib-image.tar")), other);
    }
  }

  private static String withoutRegistry() throws IOException {
    String page = Files.readString(Path.of("docs/image.md"));
    Matcher command = COMMAND.matcher(page);
    assertTrue(command.find(), page);
    String written = command.group();
    assertTrue(written.contains(" jib:build "), written);
    assertTrue(written.contains("-Dimage.base=eclipse-temurin:"), written);
    return written
            .replace(" jib:build ", " jib:buildTar ")
            .replaceFirst("-Dimage.base=\\S+", "-Dimage.base=scratch")
        + " --batch-mode -Dspotbugs.skip";
  }

  private void copy(Path source) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(checkout.resolve(source.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, checkout.resolve(source.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
