using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayhem.Cli.RunDoor;

/// <summary>Tells other commands how to reach a running <c>mayhem up</c>: in its data folder, for its user alone.</summary>
/// <param name="Url">Where its front door is.</param>
/// <param name="Token">What the door asks for.</param>
/// <param name="Queue">The queue's name.</param>
/// <param name="Sessions">True if the queue requires sessions.</param>
/// <param name="ProcessId">The process.</param>
internal sealed record DoorFile(Uri Url, string Token, string Queue, bool Sessions, int ProcessId)
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        var aside = path + ".new";
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, options))
            JsonSerializer.Serialize(file, this, DoorFileJson.Default.DoorFile);
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Reads the file; null if there is none, or half of one.</summary>
    /// <exception cref="UsageException">It belongs to somebody else.</exception>
    public static DoorFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DoorFileJson.Default.DoorFile);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UsageException($"The run belongs to another user: {error.Message}", error);
        }
    }
}

/// <summary>How the file is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DoorFile))]
internal sealed partial class DoorFileJson : JsonSerializerContext;
