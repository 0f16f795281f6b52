package dev.emroperator.finance.operator.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * One JSON object a line: {@code time level logger thread message}, where there are any also {@code
 * object attempt cluster exception}, all of them strings but the attempt.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {

  private final JsonFactory json = new JsonFactory();
  private final ThrowableProxyConverter stackTrace = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTrace.start();
    super.start();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("time", event.getInstant().toString());
      out.writeStringField("level", event.getLevel().toString());
      out.writeStringField("logger", event.getLoggerName());
      out.writeStringField("thread", event.getThreadName());
      out.writeStringField("message", event.getFormattedMessage());
      writeContext(event.getMDCPropertyMap(), out);
      if (event.getThrowableProxy() != null) {
        out.writeStringField("exception", stackTrace.convert(event));
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writeContext(Map<String, String> context, JsonGenerator out)
      throws IOException {
    String object = object(context);
    if (object != null) {
      out.writeStringField(LogContext.OBJECT, object);
    }
    String attempt = context.get(LogContext.ATTEMPT);
    if (attempt != null) {
      out.writeNumberField(LogContext.ATTEMPT, Integer.parseInt(attempt));
    }
    String cluster = context.get(LogContext.CLUSTER);
    if (cluster != null) {
      out.writeStringField(LogContext.CLUSTER, cluster);
    }
  }

  /** Outside of a reconciliation the operator SDK knows the object by keys of its own. */
  private static String object(Map<String, String> context) {
    String name = context.get("resource.name");
    return name == null || context.containsKey(LogContext.OBJECT)
        ? context.get(LogContext.OBJECT)
        : context.get("resource.namespace") + "/" + name;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
