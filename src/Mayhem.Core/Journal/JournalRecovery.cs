namespace Mayhem.Journal;

/// <summary>What was found at the end of the good records when a journal was opened.</summary>
public enum JournalDamage
{
    /// <summary>Nothing: the last record is whole.</summary>
    None,

    /// <summary>The last write was torn by a crash. It had not been acknowledged, and was cut off.</summary>
    TornTail,

    /// <summary>
    /// A record is damaged though others follow it: the disk has lost or changed data, or the machine crashed during a large write.
    /// Everything from there on was cut off and kept in <see cref="JournalRecovery.KeptIn"/>.
    /// </summary>
    Corruption,
}

/// <summary>How the opening of a journal went.</summary>
/// <param name="File">The log that was read.</param>
/// <param name="Records">How many records were replayed.</param>
/// <param name="Damage">What was found after them.</param>
/// <param name="Position">Where the good records end: bytes from the start of the file.</param>
/// <param name="BytesCut">How many bytes were cut off there; 0 without damage.</param>
/// <param name="KeptIn">The file beside the log that holds the bytes cut off; null unless they may have been records.</param>
public sealed record JournalRecovery(string File, long Records, JournalDamage Damage, long Position, long BytesCut, string? KeptIn);

/// <summary>What a journal has done since it was opened.</summary>
/// <param name="Records">Records made durable.</param>
/// <param name="Commits">Writes to the log, each followed by an fsync if <see cref="Durability.Disk"/> asks for it.</param>
/// <param name="Compactions">Compactions completed.</param>
/// <param name="Bytes">The present length of the log.</param>
public sealed record JournalStatistics(long Records, long Commits, long Compactions, long Bytes);
