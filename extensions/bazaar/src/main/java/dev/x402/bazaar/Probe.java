package dev.x402.bazaar;

import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequired;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks whether an origin itself sells a resource; never pays, and never calls what may have effects.
 *
 * <p>GET and HEAD are asked as they are. Another method, and a tool, is called unpaid only where the origin lists the
 * address in {@code /.well-known/x402}: a stranger's word is not enough to send a POST or a DELETE anywhere.
 */
final class Probe {
    static final String CONSENT = "/.well-known/x402";

    private static final Set<Integer> ABSENT = Set.of(404, 405, 410);

    private final Wire wire;

    Probe(Wire wire) {
        this.wire = wire;
    }

    /**
     * What is looked for.
     *
     * @param type {@code http} or {@code mcp}; empty when it is not known
     * @param operation the method or the tool; empty when it is not known
     */
    record Subject(Target target, String type, String operation) {
        static Subject unknown(Target target) {
            return new Subject(target, "", "");
        }

        boolean isKnown() {
            return !type.isEmpty();
        }
    }

    /** What was seen. */
    sealed interface Seen {
        /** The origin sells it: its challenge, its declaration. */
        record Sold(PaymentRequired required, Declared declared) implements Seen {}

        /** The origin answered, and does not sell it. */
        record NotSold(String why) implements Seen {}

        /** Nobody knows: the origin did not answer, or in a way that says nothing. */
        record Unknown(String why) implements Seen {}
    }

    Seen look(Subject subject) {
        Target target = subject.target();
        if (subject.type().equals("http") && !isSafe(subject.operation())) {
            return allowed(target) ? look(subject, Wire.Question.of(subject.operation(), target)) : notAllowed(target);
        }
        String method = subject.type().equals("http") ? subject.operation() : "GET";
        Seen seen = look(subject, Wire.Question.of(method, target));
        if (subject.type().equals("http") || seen instanceof Seen.Sold || !allowed(target)) {
            return seen;
        }
        Optional<Json.Obj> call = subject.isKnown() ? Optional.of(call(subject.operation())) : Optional.empty();
        return look(subject, new Wire.Question("POST", target, call));
    }

    private static boolean isSafe(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static Seen notAllowed(Target target) {
        return new Seen.Unknown(target.url() + ": expected " + target.origin() + CONSENT
                + " to list it, for only GET and HEAD are asked without");
    }

    private static Json.Obj call(String tool) {
        return Json.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call")
                .put(
                        "params",
                        Json.object()
                                .put("name", tool)
                                .put("arguments", Json.Obj.EMPTY)
                                .build())
                .build();
    }

    /** Whether the origin itself says that this address may be asked unpaid. */
    private boolean allowed(Target target) {
        if (!(wire.ask(Wire.Question.of("GET", target.withPath(CONSENT))) instanceof Wire.Heard.Answer answer)
                || answer.status() != 200) {
            return false;
        }
        try {
            return Codec.JSON
                    .read(answer.bytes())
                    .cursor()
                    .member("resources")
                    .texts()
                    .contains(target.url());
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private Seen look(Subject subject, Wire.Question question) {
        Target target = subject.target();
        Wire.Heard heard = wire.ask(question);
        if (heard instanceof Wire.Heard.Nothing nothing) {
            return new Seen.Unknown(target.url() + ": " + nothing.why());
        }
        Wire.Heard.Answer answer = (Wire.Heard.Answer) heard;
        if (ABSENT.contains(answer.status())) {
            return new Seen.NotSold(target.url() + ": expected a 402, saw " + answer.status());
        }
        try {
            Optional<PaymentRequired> required =
                    challenge(answer, question.body().isPresent());
            return required.isEmpty() ? without(target, answer.status()) : judge(subject, question, required.get());
        } catch (MalformedMessageException e) {
            return new Seen.Unknown(target.url() + ": its 402 cannot be read: " + e.getMessage());
        }
    }

    private static Seen without(Target target, int status) {
        String why = target.url() + ": expected a 402, saw " + status;
        return status >= 200 && status < 300 ? new Seen.NotSold(why) : new Seen.Unknown(why);
    }

    private static Optional<PaymentRequired> challenge(Wire.Heard.Answer answer, boolean call) {
        List<String> values = answer.header(HeaderNames.PAYMENT_REQUIRED);
        if (answer.status() == 402) {
            return Optional.of(
                    values.size() == 1
                            ? Codec.PAYMENT_REQUIRED.readHeader(values.get(0))
                            : Codec.PAYMENT_REQUIRED.read(answer.bytes()));
        }
        return call && answer.status() == 200 ? answered(answer.body()) : Optional.empty();
    }

    /** The challenge in the result of a call (x402 v2, transport mcp). */
    private static Optional<PaymentRequired> answered(String body) {
        String json = body.lines()
                .filter(line -> line.startsWith("data:"))
                .findFirst()
                .map(line -> line.substring("data:".length()))
                .orElse(body);
        return Codec.JSON
                .read(json.getBytes(StandardCharsets.UTF_8))
                .cursor()
                .optional("result")
                .flatMap(result -> result.optional("structuredContent"))
                .filter(content -> content.optional("x402Version").isPresent())
                .map(content -> Codec.PAYMENT_REQUIRED.of(content.value()));
    }

    private static Seen judge(Subject subject, Wire.Question question, PaymentRequired required) {
        Target target = subject.target();
        String named = required.resource().url();
        String plain = named.split("[?#]", -1)[0];
        if (!plain.equals(target.url()) && !(target.path().equals("/") && plain.equals(target.origin()))) {
            return new Seen.NotSold(target.url() + ": its 402 names another resource");
        }
        if (required.accepts().isEmpty()) {
            return new Seen.NotSold(target.url() + ": its 402 offers no way to pay");
        }
        Json.Obj extensions = required.extensions();
        Json declaration = extensions == null ? null : extensions.members().get(BazaarExtension.KEY);
        if (declaration == null) {
            return new Seen.NotSold(target.url() + ": its 402 declares no bazaar extension");
        }
        Declared declared;
        try {
            declared = Declared.read(declaration);
        } catch (MalformedMessageException e) {
            return new Seen.NotSold(target.url() + ": the declaration of its 402: " + e.getMessage());
        }
        boolean same = subject.isKnown()
                ? declared.type().equals(subject.type()) && declared.operation().equals(subject.operation())
                : declared.type().equals("mcp") || declared.operation().equals(question.method());
        return same
                ? new Seen.Sold(required, declared)
                : new Seen.NotSold(target.url() + ": its 402 declares another "
                        + (declared.type().equals("mcp") ? "tool" : "method"));
    }
}
