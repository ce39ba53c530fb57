package dev.x402.scheme.exact.svm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the transfer would succeed now, and if not, why: one batch in the good case. */
final class Simulation {
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final int INVALID_PARAMS = -32_602;
    private static final int TRANSFER = 2;
    private static final int SIMULATED = 0;
    private static final int ACCOUNTS = 1;
    private static final int TIP = 2;
    private static final int OTHERS = 3; // mint, source and destination stand before the fee payers
    private static final String BLOCKHASH = "BlockhashNotFound";
    private static final String PROCESSED_BEFORE = "AlreadyProcessed";
    private static final Set<String> OF_THE_FEE_PAYER =
            Set.of("InsufficientFundsForFee", "AccountNotFound", "InvalidAccountForFee");
    private static final Set<String> PASSING = Set.of(
            "AccountInUse",
            "ClusterMaintenance",
            "CommitCancelled",
            "ResanitizationNeeded",
            "WouldExceedMaxBlockCostLimit",
            "WouldExceedMaxAccountCostLimit",
            "WouldExceedMaxVoteCostLimit",
            "WouldExceedAccountDataBlockLimit",
            "WouldExceedAccountDataTotalLimit");
    private static final Json NO_FUNDS = Json.Obj.EMPTY.with("Custom", Json.Num.of(1));

    private final WireTransaction transaction;
    private final TransferShape shape;
    private final Purses purses;

    Simulation(Judge.Judgement.Sound sound, Purses purses) {
        this.transaction = sound.transaction();
        this.shape = sound.shape();
        this.purses = purses;
    }

    /**
     * What one node said.
     *
     * @param verification of the transfer
     * @param landed whether the very message landed before
     * @param slot at which it was simulated and had not landed; 0 when it had
     * @param height that no block of that slot exceeds
     */
    record Result(Verification verification, boolean landed, long slot, long height) {}

    /**
     * Asks this node; and once more for its newest block when it does not know the blockhash, which may be newer than
     * what is confirmed.
     *
     * @param more whether another node may be asked, which may know a blockhash that this one does not
     */
    Result run(Nodes.Session session, boolean more) {
        Result result = at(Calls.CONFIRMED, session);
        if (isExpired(result)) {
            result = at(Calls.PROCESSED, session);
        }
        if (isExpired(result) && more) {
            throw new RailUnavailableException(
                    session.node() + ": the blockhash is not known there; asked another node");
        }
        return result;
    }

    private static boolean isExpired(Result result) {
        return result.verification() instanceof Verification.Invalid invalid
                && invalid.code().equals(Codes.BLOCKHASH);
    }

    private Result at(String commitment, Nodes.Session session) {
        List<SvmAddress> accounts = new ArrayList<>(List.of(shape.mint(), shape.source(), shape.destination()));
        accounts.addAll(purses.accounts());
        Answers answers = session.call(
                Calls.simulate(commitment, transaction),
                Calls.accounts(commitment, accounts),
                Calls.epochInfo(Calls.PROCESSED));
        List<Json> states = answers.values(ACCOUNTS, accounts.size());
        purses.seen(states.subList(OTHERS, states.size()));
        Optional<Json> error = error(answers);
        boolean landed = error.filter(Json.of(PROCESSED_BEFORE)::equals).isPresent();
        Verification verification = landed
                ? invalid(ErrorCode.DUPLICATE_SETTLEMENT, "payload.transaction: landed before")
                : refusal(states)
                        .or(() -> error.map(this::refusal))
                        .orElseGet(
                                () -> new Verification.Valid(shape.authority().toString(), Json.Obj.EMPTY));
        long slot = answers.refusal(SIMULATED).isPresent() ? 0 : answers.slot(SIMULATED);
        long behind = slot - answers.number(TIP, "absoluteSlot"); // an address may stand for several nodes
        return new Result(
                verification, landed, landed ? 0 : slot, answers.number(TIP, "blockHeight") + Math.max(0, behind));
    }

    /** The transaction's error; a node that refuses to read it says so by an error of its own. */
    private static Optional<Json> error(Answers answers) {
        Optional<SvmRpc.Answer.Refused> refused = answers.refusal(SIMULATED);
        if (refused.isPresent() && refused.get().code() == INVALID_PARAMS) {
            return Optional.of(Json.of(refused.get().message()));
        }
        if (!(answers.value(SIMULATED) instanceof Json.Obj value)
                || !value.members().containsKey("err")) {
            throw answers.unexpected(SIMULATED, "a member err");
        }
        return Optional.of(value.members().get("err")).filter(err -> err != Json.Null.NULL);
    }

    /** What is wrong with the mint or with the accounts of payer and payee. */
    private Optional<Verification> refusal(List<Json> states) {
        ChainAccount mintAccount = ChainAccount.read(states.get(0));
        Optional<ChainAccount.Mint> mint = mintAccount == null ? Optional.empty() : mintAccount.mint();
        if (mint.isEmpty()) {
            return Optional.of(invalid(Codes.MINT, "asset: expected a mint, saw none on this cluster"));
        }
        if (!mint.get().program().equals(shape.tokenProgram())) {
            return Optional.of(
                    invalid(Codes.MINT, "transfer: expected the program that owns the mint, saw the other one"));
        }
        if (mint.get().decimals() != shape.decimals()) {
            return Optional.of(invalid(
                    Codes.MINT,
                    "transfer: expected the " + mint.get().decimals() + " decimals of the mint, saw "
                            + shape.decimals()));
        }
        if (mint.get().harm().isPresent()) {
            return Optional.of(invalid(
                    Codes.MINT_EXTENSION,
                    "asset: expected a mint of which all arrives and stays, saw the extension "
                            + mint.get().harm().get()));
        }
        return source(states.get(1)).or(() -> destination(states.get(2)));
    }

    private Optional<Verification> source(Json state) {
        BigInteger amount = purse(state).map(ChainAccount.Purse::amount).orElse(BigInteger.ZERO);
        return amount.compareTo(shape.amount()) < 0
                ? Optional.of(invalid(
                        ErrorCode.INSUFFICIENT_FUNDS,
                        "payer's balance: expected at least " + shape.amount() + ", saw " + amount))
                : Optional.empty();
    }

    private Optional<Verification> destination(Json state) {
        return purse(state).filter(purse -> !purse.frozen()).isEmpty()
                ? Optional.of(
                        invalid(
                                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                                "payTo: expected a token account of the asset that takes payments, saw none; the payee makes it"))
                : Optional.empty();
    }

    private Optional<ChainAccount.Purse> purse(Json state) {
        ChainAccount account = ChainAccount.read(state);
        return account == null
                ? Optional.empty()
                : account.purse()
                        .filter(purse -> purse.mint().equals(shape.mint())
                                && purse.program().equals(shape.tokenProgram()));
    }

    private Verification refusal(Json error) {
        if (error instanceof Json.Str name) {
            if (name.value().equals(BLOCKHASH)) {
                return invalid(
                        Codes.BLOCKHASH, "payload.transaction: expected a recent blockhash, saw one that is not known");
            }
            if (OF_THE_FEE_PAYER.contains(name.value())) {
                return new Verification.Unavailable(
                        "the fee payer " + shape.feePayer() + " has "
                                + purses.balance(shape.feePayer()).orElse(BigInteger.ZERO)
                                + " lamports, too little for the fee; fund it",
                        LATER);
            }
            if (PASSING.contains(name.value())) {
                return new Verification.Unavailable("the cluster is too busy (" + name.value() + ")", LATER);
            }
        }
        if (error instanceof Json.Obj obj
                && obj.members().get("InstructionError") instanceof Json.Arr at
                && at.elements().equals(List.of(Json.Num.of(TRANSFER), NO_FUNDS))) {
            return invalid(ErrorCode.INSUFFICIENT_FUNDS, "payer's balance: the token refused it as too little");
        }
        return invalid(Codes.SIMULATION, "the cluster refused the transaction: " + Answers.printable(told(error)));
    }

    private static String told(Json error) {
        if (!(error instanceof Json.Obj obj) || obj.members().isEmpty()) {
            return error instanceof Json.Str name ? name.value() : "an error";
        }
        Map.Entry<String, Json> first = obj.members().entrySet().iterator().next();
        if (first.getValue() instanceof Json.Arr at && at.elements().size() == 2) {
            Long number = Answers.number(at.elements().get(0));
            return number == null
                    ? first.getKey()
                    : "instruction " + (number + 1) + ", " + told(at.elements().get(1));
        }
        Long number = Answers.number(first.getValue());
        return number == null ? first.getKey() : first.getKey() + " " + number;
    }

    private static Verification invalid(ErrorCode code, String message) {
        return new Verification.Invalid(code, message, true);
    }
}
