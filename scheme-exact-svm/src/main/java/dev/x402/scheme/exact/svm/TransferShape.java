package dev.x402.scheme.exact.svm;

import java.math.BigInteger;

/**
 * The one transfer of a transaction, and what it costs the fee payer.
 *
 * @param feePayer who pays the fee, first of the accounts
 * @param authority who signs for the money: the payer
 * @param source token account that is debited
 * @param destination token account that is credited
 * @param mint of the token
 * @param tokenProgram SPL Token or Token-2022
 * @param amount atomic, below 2^64
 * @param decimals that the mint must have, or the chain refuses
 * @param computeUnits limit
 * @param price of a compute unit, in millionths of a lamport, below 2^64
 * @param blockhash that ends its life
 */
record TransferShape(
        SvmAddress feePayer,
        SvmAddress authority,
        SvmAddress source,
        SvmAddress destination,
        SvmAddress mint,
        SvmAddress tokenProgram,
        BigInteger amount,
        int decimals,
        long computeUnits,
        BigInteger price,
        Blockhash blockhash) {}
