package dev.x402.siwx;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Context;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seller's side: challenges, sessions, and what payments bought. */
final class SellerSide implements ServerSide {
    private static final Logger LOG = LoggerFactory.getLogger(SellerSide.class);

    private static final Duration GUEST = Duration.ofMinutes(15);

    private final SignInSettings settings;
    private final Context context;
    private final Challenge challenge;
    private final ProofCheck check;
    private final Sessions payers;
    private final Sessions guests;
    private final Entitlements entitlements;
    private final Targets targets;
    private final Set<String> proofs;

    SellerSide(SignInSettings settings, Context context, Store store) {
        this.settings = settings;
        this.context = context;
        Nonces nonces = new Nonces(settings.secrets(), context.random(), store);
        challenge = new Challenge(settings, nonces);
        check = new ProofCheck(settings, context, challenge, nonces);
        payers = Sessions.ofPayers(store, context.clock());
        guests = Sessions.ofGuests(store, context.clock());
        entitlements = new Entitlements(store, context.clock());
        targets = new Targets(store, context.clock());
        Set<String> names = new HashSet<>(Set.of(Proof.HEADER, Sessions.HEADER));
        settings.identity().ifPresent(identity -> names.addAll(identity.proofs()));
        proofs = Set.copyOf(names);
    }

    @Override
    public Set<String> dynamicInfo() {
        return Set.of("nonce", "issuedAt", "expirationTime");
    }

    @Override
    public Optional<Json> declare(Visit visit, List<PaymentRequirements> offers) {
        if (settings.plan(visit.route()).isEmpty()) {
            return Optional.empty();
        }
        Collection<Network> networks = settings.networks().isEmpty()
                ? offers.stream().map(PaymentRequirements::network).distinct().toList()
                : settings.networks();
        Map<Network, String> chains = new LinkedHashMap<>();
        networks.forEach(
                network -> context.accounts(network).ifPresent(accounts -> chains.put(network, accounts.type())));
        if (chains.isEmpty() && settings.identity().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(challenge.declaration(
                visit.tenant(), visit.resource().url(), chains, context.clock().instant()));
    }

    @Override
    public Set<String> proofs() {
        return proofs;
    }

    @Override
    public Access enter(Visit visit) {
        Optional<Plan> plan = settings.plan(visit.route());
        if (plan.isEmpty()) {
            return new Access.Unknown();
        }
        try {
            String proof = visit.proofs().get(Proof.HEADER);
            if (proof != null) {
                return signedIn(visit, plan.get(), check.check(visit, proof));
            }
            String session = visit.proofs().get(Sessions.HEADER);
            return session != null
                    ? inSession(visit, plan.get(), session)
                    : identified(visit, plan.get())
                            .orElseThrow(() -> new Unproven(
                                    Codes.IDENTITY, "identity: expected a visitor who is known, saw another"));
        } catch (Unproven e) {
            return new Access.Denied(e.code(), e.why(), Map.of());
        }
    }

    private Access signedIn(Visit visit, Plan plan, ProofCheck.Proven proven) {
        Optional<Entitlements.Use> use = used(visit, plan, proven.who());
        boolean entering = false;
        try {
            check.consume(proven, use.isEmpty());
            entering = true;
        } finally {
            if (!entering) {
                use.ifPresent(counted -> counted.back().run());
            }
        }
        return access(proven.who(), use, opened(visit, proven.who(), use.isPresent()));
    }

    private Access inSession(Visit visit, Plan plan, String header) {
        String url = visit.resource().url();
        Optional<Sessions.Shown> payer = payers.find(visit.tenant(), header, url);
        if (payer.isPresent()) {
            SignedIn who = payer.get().session().who();
            Optional<String> token = payers.rotated(payer.get(), settings.rotateAfter(), context.random());
            return access(who, used(visit, plan, who), token);
        }
        Optional<Sessions.Shown> guest = guests.find(visit.tenant(), header, url);
        if (guest.isEmpty()) {
            return identified(visit, plan).orElseThrow(Sessions::unknown);
        }
        SignedIn who = guest.get().session().who();
        Optional<Entitlements.Use> use = used(visit, plan, who);
        boolean promoted = use.isPresent() && guests.retired(guest.get());
        return access(who, use, promoted ? opened(visit, who, true) : Optional.empty());
    }

    private Optional<Access> identified(Visit visit, Plan plan) {
        return settings.identity().flatMap(identity -> identity.of(visit)).map(holder -> {
            String account = canonical(holder.network(), holder.account());
            SignedIn who = new SignedIn(holder.network(), account, false, Optional.empty());
            Optional<Entitlements.Use> use = used(visit, plan, who);
            return access(who, use, opened(visit, who, use.isPresent()));
        });
    }

    /** The token of a new session; those who bought nothing yet have a short one. */
    private Optional<String> opened(Visit visit, SignedIn who, boolean payer) {
        if (settings.boundSessions() && who.key().isEmpty()) {
            return Optional.empty();
        }
        return payer
                ? payers.open(visit.tenant(), who, settings.sessionFor(), settings.rotateAfter(), context.random())
                : guests.open(visit.tenant(), who, GUEST, GUEST, context.random());
    }

    private static Access access(SignedIn who, Optional<Entitlements.Use> use, Optional<String> token) {
        Map<String, String> answers =
                token.map(value -> Map.of(Sessions.HEADER, value)).orElse(Map.of());
        if (use.isEmpty()) {
            return new Access.Denied(
                    Codes.NOT_ENTITLED,
                    "sign-in: " + who.network() + " account known, and nothing that it bought opens this",
                    answers);
        }
        return new Access.Granted(use.get().key(), who.account(), answers, served -> {
            if (!served) {
                use.get().back().run();
            }
        });
    }

    private Optional<Entitlements.Use> used(Visit visit, Plan plan, SignedIn who) {
        String ofTarget = Targets.of(visit);
        return used(visit, who, plan.oneTarget() ? ofTarget : "")
                .or(() -> used(visit, who, plan.oneTarget() ? "" : ofTarget));
    }

    /** What was bought under another plan than today's still opens. */
    private Optional<Entitlements.Use> used(Visit visit, SignedIn who, String target) {
        return entitlements.use(
                Entitlements.name(visit.tenant(), visit.route(), who.network(), who.account(), target), who);
    }

    @Override
    public Optional<Refusal> reserve(Visit visit, PaymentPayload payload) {
        if (settings.plan(visit.route()).filter(Plan::oneTarget).isPresent()) {
            targets.note(payload, Targets.of(visit));
        }
        return Optional.empty();
    }

    @Override
    public void became(Sale sale) {
        if (sale.now() instanceof Settlement.Reversed) {
            entitlements.revoke(sale.key());
        } else if (sale.now() instanceof Settlement.Settled settled) {
            settings.plan(sale.route())
                    .filter(plan -> settled.stage().compareTo(plan.from()) >= 0)
                    .ifPresent(plan -> bought(sale, plan, settled.receipt()));
        }
    }

    private void bought(Sale sale, Plan plan, Receipt receipt) {
        Optional<String> target =
                plan.oneTarget() ? targets.noted(sale.payment().payload()) : Optional.of("");
        if (target.isEmpty()) {
            LOG.warn("{}: the target was not noted when it was paid, so it opens nothing further", sale);
            return;
        }
        Network network = sale.payment().requirements().network();
        Instant now = context.clock().instant();
        entitlements.bought(
                Entitlements.name(
                        sale.tenant(), sale.route(), network, canonical(network, receipt.payer()), target.get()),
                new Purchase(
                        sale.key(),
                        network,
                        now,
                        now.plus(plan.lasts()),
                        plan.further().orElse(Purchase.ANY)));
    }

    private String canonical(Network network, String account) {
        return context.canonicalAccount(network, account).orElse(account);
    }
}
