using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up.Logging;

/// <summary>The log of a run, as a text file. A file that has grown too large is put aside under the name with <c>.1</c>, replacing the one before.</summary>
internal sealed class LogFile : IDisposable
{
    private const long DefaultMaxLength = 32 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly long maxLength;
    private StreamWriter writer;
    private bool disposed;

    /// <summary>Opens the file at its end, or makes it.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="maxLength">The length in bytes past which it is put aside.</param>
    public LogFile(string path, long maxLength = DefaultMaxLength)
    {
        this.path = path;
        this.maxLength = maxLength;
        writer = Open();
    }

    /// <summary>Writes one entry. What comes after <see cref="Dispose"/> is dropped: nobody is left to read it.</summary>
    public void Write(DateTimeOffset at, LogLevel level, string category, string text, Exception? exception)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (gate)
        {
            if (disposed)
                return;
            writer.WriteLine($"{time} {level,-11} {category}: {text}");
            if (exception is not null)
                writer.WriteLine(exception.ToString());
            if (writer.BaseStream.Length > maxLength)
                PutAside();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            writer.Dispose();
        }
    }

    private void PutAside()
    {
        writer.Dispose();
        File.Move(path, path + ".1", overwrite: true);
        writer = Open();
    }

    private StreamWriter Open() => new(path, append: true) { AutoFlush = true };
}
