package dev.emroperator.finance.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Files on disk, each of which grows when it is opened again after the first look. */
public final class ReplacedFiles extends RawLocalFileSystem {

  static final String SCHEME = "replaced";

  private static final Set<Path> LOOKED_INTO = new HashSet<>();

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    synchronized (LOOKED_INTO) {
      if (!LOOKED_INTO.add(path)) {
        Files.writeString(pathToFile(path).toPath(), "\n", StandardOpenOption.APPEND);
      }
    }
    return super.open(path, bufferSize);
  }
}
