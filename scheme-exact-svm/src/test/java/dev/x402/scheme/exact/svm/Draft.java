package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An honest payment taken apart, to be put together in another way. */
final class Draft {
    private final Payment honest;
    private final SvmSigner payer;
    private final TransferShape shape;
    private final SvmAddress feePayer;
    private final Blockhash blockhash;
    private final List<Call> calls;

    private Draft(Payment honest, SvmSigner payer, SvmAddress feePayer, Blockhash blockhash, List<Call> calls) {
        this.honest = honest;
        this.payer = payer;
        this.shape = Judge.trusted(honest).shape();
        this.feePayer = feePayer;
        this.blockhash = blockhash;
        this.calls = List.copyOf(calls);
    }

    static Draft of(Payment honest, SvmSigner payer) {
        Message message = ExactPayload.parse(honest.payload().payload()).message();
        List<Call> calls = message.instructions().stream()
                .map(instruction -> new Call(
                        message.programOf(instruction),
                        IntStream.range(0, instruction.accounts())
                                .mapToObj(i -> use(message, instruction.account(i)))
                                .toList(),
                        Bytes.of(instruction.data())))
                .toList();
        return new Draft(honest, payer, message.account(0), message.blockhash(), calls);
    }

    private static Call.Use use(Message message, int place) {
        return new Call.Use(message.account(place), message.isSigner(place), message.isWritable(place));
    }

    TransferShape shape() {
        return shape;
    }

    Call call(int index) {
        return calls.get(index);
    }

    Draft set(int index, Call call) {
        return edited(list -> {
            list.set(index, call);
            return list;
        });
    }

    Draft insert(int index, Call... more) {
        return edited(list -> {
            list.addAll(index, List.of(more));
            return list;
        });
    }

    Draft add(Call... more) {
        return insert(calls.size(), more);
    }

    Draft remove(int index) {
        return edited(list -> {
            list.remove(index);
            return list;
        });
    }

    Draft edited(UnaryOperator<List<Call>> change) {
        return new Draft(honest, payer, feePayer, blockhash, change.apply(new ArrayList<>(calls)));
    }

    Draft feePayer(SvmAddress other) {
        return new Draft(honest, payer, other, blockhash, calls);
    }

    Draft blockhash(Blockhash other) {
        return new Draft(honest, payer, feePayer, other, calls);
    }

    /** The transfer with these two numbers. */
    Draft transfer(BigInteger amount, int decimals) {
        return set(
                2,
                Transfers.checked(
                        shape.tokenProgram(),
                        shape.source(),
                        shape.mint(),
                        shape.destination(),
                        shape.authority(),
                        amount,
                        decimals));
    }

    Draft destination(SvmAddress destination) {
        return set(
                2,
                Transfers.checked(
                        shape.tokenProgram(),
                        shape.source(),
                        shape.mint(),
                        destination,
                        shape.authority(),
                        shape.amount(),
                        shape.decimals()));
    }

    Draft mint(SvmAddress mint, SvmAddress destination) {
        return set(
                2,
                Transfers.checked(
                        shape.tokenProgram(),
                        shape.source(),
                        mint,
                        destination,
                        shape.authority(),
                        shape.amount(),
                        shape.decimals()));
    }

    Draft transferSource(SvmAddress source) {
        List<Call.Use> uses = new ArrayList<>(calls.get(2).accounts());
        uses.set(0, Call.Use.writes(source));
        return transferAccounts(uses);
    }

    /** The transfer with other bytes for its program. */
    Draft transferData(byte[] data) {
        Call transfer = calls.get(2);
        return set(2, new Call(transfer.program(), transfer.accounts(), Bytes.of(data)));
    }

    /** The transfer with other accounts. */
    Draft transferAccounts(List<Call.Use> accounts) {
        Call transfer = calls.get(2);
        return set(2, new Call(transfer.program(), accounts, transfer.data()));
    }

    Message message() {
        return Compiler.compile(feePayer, blockhash, calls);
    }

    WireTransaction signed() {
        return signed(message());
    }

    /** With the payer's signature where one is asked. */
    WireTransaction signed(Message message) {
        WireTransaction transaction = WireTransaction.unsigned(message);
        SvmAddress account = Keys.address(payer);
        int place = message.accounts().indexOf(account);
        return place >= 0 && message.isSigner(place)
                ? transaction.signedBy(account, payer.sign(message.bytes()))
                : transaction;
    }

    Payment payment() {
        return payment(signed());
    }

    Payment payment(PaymentRequirements terms) {
        return payment(terms, ExactPayload.of(signed()));
    }

    Payment payment(WireTransaction transaction) {
        return payment(honest.requirements(), ExactPayload.of(transaction));
    }

    /** The signed message changed by its bytes, and signed again. */
    Payment bent(UnaryOperator<byte[]> change) {
        return payment(signed(Message.parse(change.apply(message().bytes()), 0)));
    }

    /** The whole transaction changed by its bytes; nothing is signed again. */
    Payment raw(UnaryOperator<byte[]> change) {
        byte[] bytes = change.apply(signed().toBytes());
        return payment(
                honest.requirements(),
                Json.Obj.EMPTY.with(ExactPayload.MEMBER, Base64.getEncoder().encodeToString(bytes)));
    }

    private Payment payment(PaymentRequirements terms, Json.Obj payload) {
        return Payment.of(PaymentPayload.of(honest.payload().resource(), terms, payload), terms);
    }
}
