package dev.emroperator.finance.localcloud.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Where calls are forwarded to; {@code tls} is null for plain HTTP. */
public record Upstream(String host, int port, SSLSocketFactory tls) {

  /** A server of plain HTTP. */
  public static Upstream plain(URI uri) {
    return new Upstream(uri.getHost(), uri.getPort(), null);
  }

  /** A server of HTTPS that shows one of these certificates, or one that they have signed. */
  public static Upstream secured(URI uri, Path certificates) {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("c" + trusted.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new Upstream(uri.getHost(), uri.getPort(), context.getSocketFactory());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("can't use the certificates in " + certificates, e);
    }
  }

  Line connect() throws IOException {
    Socket plain = new Socket(host, port);
    try {
      return Line.over(plain, tls == null ? plain : tls.createSocket(plain, host, port, true));
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }
}
