using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Guards;

/// <summary>
/// A kill switch in a small file beside a ledger's journal, which the running process has locked: so that anybody who may write to the folder can halt it at once. Replaced as a
/// whole, and read again only when it has changed.
/// </summary>
public sealed class HaltFile : IHaltStore
{
    private const string Name = "halt.json";

    private readonly Lock gate = new();
    private readonly string path;
    private readonly FileInfo file;
    private (DateTime WrittenAt, long Length) seen;
    private HaltHistory history = HaltHistory.None;

    /// <summary>The switch of a ledger.</summary>
    /// <param name="folder">The folder of its journal; made when something is written.</param>
    public HaltFile(string folder)
    {
        path = Path.Combine(folder, Name);
        file = new FileInfo(path);
    }

    /// <summary>Halts all restarts from the next intent on, or gives a halt in force a new reason.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Halt(string reason, string by, DateTimeOffset at) => Add(new Switching(Halts: true, reason, by, at), _ => true);

    /// <summary>Lets restarts go ahead again, also where the file is damaged, and so counts as a halt.</summary>
    /// <returns>False if they were not halted.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public bool Resume(string by, DateTimeOffset at) => Add(new Switching(Halts: false, Reason: null, by, at), before => before.Halt is not null);

    /// <summary>What was switched, the latest last.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no kill switch.</exception>
    public IReadOnlyList<Switching> Switchings() => Read().Switchings;

    HaltHistory IHaltStore.Read() => Read();

    bool IHaltStore.Add(Switching switching, Func<HaltHistory, bool> when) => Add(switching, when);

    private HaltHistory Read()
    {
        lock (gate)
        {
            file.Refresh();
            if (!file.Exists)
            {
                seen = default;
                return history = HaltHistory.None;
            }

            // The length grows with every switching, so that two of them within the resolution of the file's time are told apart.
            var now = (file.LastWriteTimeUtc, file.Length);
            if (now != seen)
            {
                history = Parse(File.ReadAllBytes(path));
                seen = now;
            }

            return history;
        }
    }

    private bool Add(Switching switching, Func<HaltHistory, bool> when)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var turn = Turn();
        var before = ReadOrReplace(switching.At);
        if (!when(before))
            return false;
        var aside = path + ".new";
        using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, before.With(switching).Switchings, HaltJson.Default.IReadOnlyListSwitching);
            stream.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
        return true;
    }

    private HaltHistory ReadOrReplace(DateTimeOffset at)
    {
        try
        {
            return Read();
        }
        catch (InvalidDataException damage)
        {
            return new HaltHistory([new Switching(Halts: true, damage.Message, "a damaged file", at)]);
        }
    }

    // One writer at a time, of all processes: else two operators at once could undo each other's record.
    private FileStream Turn() => new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private HaltHistory Parse(byte[] bytes)
    {
        try
        {
            return new HaltHistory(JsonSerializer.Deserialize(bytes, HaltJson.Default.IReadOnlyListSwitching) ?? []);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"'{path}' is no kill switch: {problem.Message} It counts as a halt; 'mayhem resume' and 'mayhem halt' replace it.", problem);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Switching>))]
internal sealed partial class HaltJson : JsonSerializerContext;
