package dev.x402.http.server;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.core.seller.Admission;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.Entrance;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.ResourceRequest.Place;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.core.seller.ResourceRequest.Proofs;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.http.PathView;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The priced paths of a server, and what is done with a request for one.
 *
 * <p>The handler's answer is held back until the money moved. It is not charged when its status is 400 or more, or 304,
 * when it throws, or when its body is over the limit. Where the offer says that the money moves first, the answer goes
 * out as it is made; when it fails in one of these ways, the identical request runs the handler again and pays nothing. A priced path takes only the methods that are listed for it. Where
 * a server gives a handler every path that begins like a priced one, those that are not listed are 404, never free.
 * Immutable, safe for threads.
 */
public final class PaidRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PaidRoutes.class);
    private static final int HEADER_LIMIT = 8 * 1024;
    private static final String TAKEN =
            "; the payment was taken: come again with the same payment, which is not charged twice";

    private final PaymentGate gate;
    private final String address;
    private final List<Route> routes;
    private final boolean listedOnly;
    private final int requestLimit;
    private final int responseLimit;
    private final Function<IncomingRequest, String> tenant;
    private final Function<IncomingRequest, String> caller;
    private final Rendering rendering;
    private final Cors cors;
    private final AtomicLong incidents = new AtomicLong();

    private PaidRoutes(Builder builder) {
        gate = builder.gate;
        address = builder.address;
        routes = List.copyOf(builder.routes);
        listedOnly = builder.listedOnly;
        requestLimit = builder.requestLimit;
        responseLimit = builder.responseLimit;
        tenant = builder.tenant;
        caller = builder.caller;
        rendering = new Rendering(builder.challengeBody);
        cors = new Cors(builder.corsOrigins);
    }

    /**
     * Starts with no path.
     *
     * @param gate that knows the routes by their ids
     * @param address under which the application is known outside, such as {@code https://api.example.com}; with a path
     *     where it stands below one, such as a servlet's context path: listed paths come after it
     */
    public static Builder builder(PaymentGate gate, URI address) {
        return new Builder(gate, address);
    }

    /** A listed path; without an id it is free. */
    private record Route(String method, PathPattern path, Optional<String> id) {
        boolean takes(String asked) {
            return method.equals("*") || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
        }

        boolean overlaps(Route other) {
            return path.overlaps(other.path) && (takes(other.method) || other.takes(method));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Collects paths; not safe for threads. */
    public static final class Builder {
        private final PaymentGate gate;
        private final String address;
        private final List<Route> routes = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private boolean listedOnly;
        private int requestLimit = 1024 * 1024;
        private int responseLimit = 1024 * 1024;
        private Function<IncomingRequest, String> tenant = request -> "";
        private Function<IncomingRequest, String> caller = Builder::authorized;
        private ChallengeBody challengeBody = ChallengeBody.json();
        private Set<String> corsOrigins = Set.of();

        private Builder(PaymentGate gate, URI address) {
            this.gate = requireNonNull(gate, "gate");
            boolean plain = address.getHost() != null
                    && Set.of("http", "https").contains(address.getScheme())
                    && isPlain(address.getRawPath())
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && address.getRawUserInfo() == null;
            if (!plain) {
                throw new IllegalArgumentException(
                        "address: expected scheme, host, port and perhaps a plain path, such as"
                                + " https://api.example.com/shop, saw " + address);
            }
            String path = address.getRawPath();
            this.address = address.getScheme() + "://" + address.getRawAuthority() + (path.equals("/") ? "" : path);
        }

        private static boolean isPlain(String path) {
            return path.isEmpty()
                    || path.equals("/")
                    || (!path.endsWith("/")
                            && PathView.of(path).filter(path::equals).isPresent());
        }

        /**
         * Puts a price on a path.
         *
         * @param method such as {@code GET}, which covers {@code HEAD}; {@code *} for every method
         * @param path literal segments, <code>{name}</code> for one segment, <code>**</code> at the end for any
         * @param route id of the route in the gate
         */
        public Builder price(String method, String path, String route) {
            return add(method, path, Optional.of(route));
        }

        /** Lists a path as free, such as another method of a priced path. */
        public Builder free(String method, String path) {
            return add(method, path, Optional.empty());
        }

        /** Answers paths that are not listed by 404, instead of passing them on free. */
        public Builder listedOnly() {
            listedOnly = true;
            return this;
        }

        /** The longest body of a paid request, in bytes; 1 MiB by default. */
        public Builder requestLimit(int bytes) {
            requestLimit = positive("requestLimit", bytes);
            return this;
        }

        /** The longest answer that is held back, in bytes; 1 MiB by default. */
        public Builder responseLimit(int bytes) {
            responseLimit = positive("responseLimit", bytes);
            return this;
        }

        /** Whose resource a request asks for; one seller by default. */
        public Builder tenant(Function<IncomingRequest, String> whose) {
            tenant = requireNonNull(whose, "whose");
            return this;
        }

        /**
         * Who asks, where a price depends on it; the header {@code Authorization} by default.
         *
         * <p>A quote of a computed price is honoured for this caller alone. Names the account or the digest of a key,
         * never a secret.
         */
        public Builder caller(Function<IncomingRequest, String> who) {
            caller = requireNonNull(who, "who");
            return this;
        }

        /** What a 402 shows; the challenge as JSON by default. */
        public Builder challengeBody(ChallengeBody body) {
            challengeBody = requireNonNull(body, "body");
            return this;
        }

        /** Origins whose scripts may pay, such as {@code https://app.example.com}; none by default. */
        public Builder corsOrigins(Set<String> origins) {
            corsOrigins = Set.copyOf(origins);
            return this;
        }

        /**
         * The routes.
         *
         * @throws IllegalArgumentException naming every problem: paths of another grammar or that cover the same
         *     request, routes that the gate does not price
         */
        public PaidRoutes build() {
            List<String> found = new ArrayList<>(problems);
            List<String> unknown = routes.stream()
                    .flatMap(route -> route.id.stream())
                    .filter(id -> !gate.routes().contains(id))
                    .sorted()
                    .toList();
            if (!unknown.isEmpty()) {
                found.add("routes: expected some of the gate's "
                        + gate.routes().stream().sorted().toList() + ", saw " + unknown);
            }
            if (!found.isEmpty()) {
                throw new IllegalArgumentException(
                        found.size() == 1
                                ? found.get(0)
                                : found.size() + " problems of the paths:\n- " + String.join("\n- ", found));
            }
            return new PaidRoutes(this);
        }

        private Builder add(String method, String path, Optional<String> id) {
            Route added;
            try {
                added = new Route(checked(method), PathPattern.parse(path), id);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
                return this;
            }
            for (Route route : routes) {
                if (route.overlaps(added)) {
                    problems.add("routes: expected each request in one route, saw '" + added + "' cover what '" + route
                            + "' covers");
                }
            }
            routes.add(added);
            return this;
        }

        /** The digest of what authorizes the request, which is a secret; empty when nothing does. */
        private static String authorized(IncomingRequest request) {
            List<String> headers = request.headers("Authorization");
            return headers.isEmpty()
                    ? ""
                    : digest(Bytes.of(String.join("\n", headers).getBytes(StandardCharsets.UTF_8)));
        }

        private static String checked(String method) {
            if (!method.equals("*") && (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z'))) {
                throw new IllegalArgumentException("method: expected capital letters or *, saw '" + method + "'");
            }
            return method;
        }

        private static int positive(String name, int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(name + ": expected 1 or more bytes, saw " + bytes);
            }
            return bytes;
        }
    }

    /**
     * Answers a request, running its handler when it is paid.
     *
     * @return empty when the request is free and is to be passed on untouched; where {@link HeldHandler#stream} returned
     *     true, an answer that is not to be sent any more
     * @throws IOException when the request could not be read
     */
    public Optional<Answer> answer(IncomingRequest request, HeldHandler handler) throws IOException {
        Optional<String> path = request.path();
        if (path.isEmpty()) {
            return Optional.of(Rendering.closed(Answer.refusal(
                    400,
                    new ErrorCode("ambiguous_path"),
                    "path: expected one reading, saw encoded slashes, dot segments, empty segments or bad escapes")));
        }
        List<Route> here =
                routes.stream().filter(route -> route.path.matches(path.get())).toList();
        if (here.isEmpty()) {
            boolean sold = request.mount().filter(this::priced).isPresent();
            return listedOnly || sold
                    ? Optional.of(Answer.refusal(404, new ErrorCode("not_found"), "no such path"))
                    : Optional.empty();
        }
        Optional<Route> route =
                here.stream().filter(each -> each.takes(request.method())).findFirst();
        boolean priced = here.stream().anyMatch(each -> each.id.isPresent());
        if (route.isPresent() && route.get().id.isEmpty()) {
            return Optional.empty();
        }
        if (!priced) {
            return listedOnly ? Optional.of(notAllowed(here)) : Optional.empty();
        }
        if (request.method().equals("OPTIONS") && here.stream().noneMatch(each -> each.method.equals("OPTIONS"))) {
            return Optional.of(cors.options(request, methods(here)));
        }
        if (route.isEmpty()
                || request.method().equals("TRACE")
                || request.method().equals("CONNECT")) {
            return Optional.of(notAllowed(here));
        }
        Answer answer = refusal(request).orElse(null);
        if (answer == null) {
            answer = priced(request, path.get(), route.get(), handler);
        }
        return Optional.of(cors.expose(request, answer));
    }

    /** Whether a request would have to be paid or is refused; it is not answered. */
    public boolean guards(IncomingRequest request) {
        return request.path().map(this::priced).orElse(true);
    }

    private boolean priced(String path) {
        return routes.stream().anyMatch(route -> route.id.isPresent() && route.path.matches(path));
    }

    private Optional<Answer> refusal(IncomingRequest request) {
        Optional<String> over = gate.proofs().stream()
                .filter(name -> !Presentation.fits(request, name, HEADER_LIMIT))
                .sorted()
                .findFirst();
        if (over.isPresent()) {
            return Optional.of(Rendering.closed(Answer.refusal(
                    431,
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    over.get() + ": expected at most " + HEADER_LIMIT + " characters, saw more")));
        }
        if (!Presentation.fits(request, HEADER_LIMIT)) {
            return Optional.of(Rendering.closed(Answer.refusal(
                    431,
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "PAYMENT-SIGNATURE: expected at most " + HEADER_LIMIT + " characters, saw more")));
        }
        if (!request.headers("X-HTTP-Method-Override").isEmpty()
                || !request.headers("X-HTTP-Method").isEmpty()
                || !request.headers("X-Method-Override").isEmpty()) {
            return Optional.of(Rendering.closed(Answer.refusal(
                    400, new ErrorCode("method_override"), "method: expected no header that overrides it, saw one")));
        }
        boolean webSocket = request.headers("Upgrade").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("websocket"));
        return webSocket
                ? Optional.of(Rendering.closed(Answer.refusal(
                        400, new ErrorCode("upgrade"), "Upgrade: expected none on a priced path, saw websocket")))
                : Optional.empty();
    }

    private Answer priced(IncomingRequest request, String path, Route matched, HeldHandler handler) throws IOException {
        String route = matched.id.orElseThrow();
        Presented presented = Presentation.of(request);
        Map<String, String> proofs = Presentation.proofs(request, gate.proofs());
        String digest = "";
        boolean bound = presented instanceof Presented.Payment || gate.quotes(route);
        if (bound) {
            Optional<Bytes> body = request.body(requestLimit);
            if (body.isEmpty()) {
                return Rendering.closed(Answer.refusal(
                        413,
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "body: expected at most " + requestLimit + " bytes, saw more"));
            }
            digest = digest(body.get());
        }
        String target = Target.of(path, request.query());
        try {
            ResourceRequest asked = ResourceRequest.of(request.method(), route, target, address + target)
                    .withTenant(tenant.apply(request))
                    .withCaller(bound || !proofs.isEmpty() ? caller.apply(request) : "")
                    .withBodyDigest(digest)
                    .withAttribute(IncomingRequest.class, request)
                    .withAttribute(Place.class, new Place(matched.path.toString(), matched.path.parameters(path)))
                    .withAttribute(Proofs.class, new Proofs(proofs))
                    .withPresented(presented);
            return decided(request, presented, gate.decide(asked), handler);
        } catch (RuntimeException bug) {
            long incident = incidents.incrementAndGet();
            LOG.error("the gate broke, incident {}: {}", incident, Fault.of(bug));
            return broken("the gate", Long.toString(incident), new ErrorCode("internal_error"));
        }
    }

    private Answer decided(IncomingRequest request, Presented presented, Decision decision, HeldHandler handler) {
        if (decision instanceof Decision.Admit admit) {
            Admission admission = admit.admission();
            Optional<Answer> streamed = streamed(request, admission, handler);
            if (streamed.isPresent()) {
                return streamed.get();
            }
            try (admission) {
                return admitted(request, presented, admission, handler);
            }
        }
        if (decision instanceof Decision.Grant grant) {
            return entered(request, grant.entrance(), handler);
        }
        if (decision instanceof Decision.Replay replay) {
            return Rendering.released(AnswerBytes.read(replay.response()), replay.receipt());
        }
        if (decision instanceof Decision.Challenge challenge) {
            return rendering.challenge(request, presented, challenge);
        }
        if (decision instanceof Decision.RetryLater retry) {
            return rendering.retry(presented, retry);
        }
        return rendering.reject(presented, (Decision.Reject) decision);
    }

    /** The answer to who bought access before, as it is made if possible; failing gives the use back. */
    private Answer entered(IncomingRequest request, Entrance entrance, HeldHandler handler) {
        Delivery delivery = new Delivery(
                entrance::served,
                entrance::close,
                answer -> cors.expose(request, Rendering.entered(answer, entrance.answers())));
        Paid paid = new Paid(entrance);
        boolean streamed = false;
        try {
            streamed = handler.stream(paid, delivery);
            return streamed ? Answer.of(200) : held(entrance, handler.run(paid, responseLimit));
        } catch (Exception failure) {
            return Rendering.entered(failed(failure, ""), entrance.answers());
        } finally {
            if (!streamed) {
                delivery.failed();
            }
        }
    }

    private Answer held(Entrance entrance, Optional<Answer> answer) {
        if (answer.isPresent() && Delivery.brings(answer.get().status())) {
            entrance.served();
        }
        return Rendering.entered(answer.orElseGet(() -> tooLarge("")), entrance.answers());
    }

    private Answer tooLarge(String money) {
        return Rendering.closed(Answer.refusal(
                500,
                new ErrorCode("response_too_large"),
                "response: expected at most " + responseLimit + " bytes, saw more" + money));
    }

    /** The answer that went out, or why none did; empty where it is to be held back. */
    private Optional<Answer> streamed(IncomingRequest request, Admission admission, HeldHandler handler) {
        if (admission.receipt().isEmpty()) {
            return Optional.empty();
        }
        SettleResponse receipt = admission.receipt().get();
        Delivery delivery = new Delivery(
                admission::delivered,
                admission::cancel,
                answer -> cors.expose(request, Rendering.released(answer, receipt)));
        boolean handled = false;
        try {
            Optional<Answer> sent =
                    handler.stream(new Paid(admission), delivery) ? Optional.of(Answer.of(200)) : Optional.empty();
            handled = true;
            return sent;
        } catch (Exception failure) {
            return Optional.of(Rendering.released(failed(failure, taken(admission)), receipt));
        } finally {
            if (!handled) {
                delivery.failed();
            }
        }
    }

    private static String taken(Admission admission) {
        return admission.receipt().isPresent() ? TAKEN : "";
    }

    private Answer failed(Exception failure, String money) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        long incident = incidents.incrementAndGet();
        LOG.error("the handler broke, incident {}", incident, failure);
        return broken("the handler", incident + money, new ErrorCode("handler_failed"));
    }

    private Answer admitted(IncomingRequest request, Presented presented, Admission admission, HeldHandler handler) {
        Optional<Answer> held;
        try {
            held = handler.run(new Paid(admission), responseLimit);
        } catch (Exception failure) {
            admission.cancel();
            return undelivered(failed(failure, taken(admission)), presented, admission);
        }
        if (held.isEmpty()) {
            admission.cancel();
            String money = admission.receipt().isPresent() ? TAKEN : "; nothing was charged";
            return undelivered(tooLarge(money), presented, admission);
        }
        Answer answer = held.get();
        if (!Delivery.brings(answer.status())) {
            admission.cancel();
            return undelivered(answer, presented, admission);
        }
        Completion completion = admission.finish(AnswerBytes.write(answer));
        if (completion instanceof Completion.Release release) {
            return Rendering.released(answer, release.receipt());
        }
        if (completion instanceof Decision.Challenge challenge) {
            return rendering.challenge(request, presented, challenge);
        }
        if (completion instanceof Decision.RetryLater retry) {
            return rendering.retry(presented, retry);
        }
        return rendering.reject(presented, (Decision.Reject) completion);
    }

    private static Answer undelivered(Answer answer, Presented presented, Admission admission) {
        return admission.receipt().isPresent()
                ? Rendering.released(answer, admission.receipt().get())
                : Rendering.unpaid(answer, presented);
    }

    private static Answer broken(String what, String incident, ErrorCode code) {
        return Rendering.closed(Answer.refusal(500, code, what + " broke, incident " + incident));
    }

    private static Answer notAllowed(List<Route> here) {
        return Answer.refusal(405, new ErrorCode("method_not_allowed"), "method: expected one that is listed")
                .with("Allow", String.join(", ", methods(here)));
    }

    private static Set<String> methods(List<Route> here) {
        Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
        for (Route route : here) {
            if (route.method.equals("*")) {
                methods.addAll(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
            } else {
                methods.add(route.method);
            }
            if (route.method.equals("GET")) {
                methods.add("HEAD");
            }
        }
        return methods;
    }

    private static String digest(Bytes body) {
        if (body.size() == 0) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java has it", e);
        }
    }
}
