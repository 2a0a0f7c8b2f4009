using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Mayhem.Cli.Up.Logging;

/// <summary>The log of a run, as a text file. A file that has grown too large is put aside under the name with <c>.1</c>, replacing the one before.</summary>
internal sealed class LogFile : IDisposable
{
    private const long DefaultMaxLength = 32 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly long maxLength;
    private FileStream file;
    private long unwritten;
    private bool disposed;

    /// <summary>Opens the file at its end, or makes it.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="maxLength">The length in bytes past which it is put aside.</param>
    /// <exception cref="UsageException">The file cannot be opened.</exception>
    public LogFile(string path, long maxLength = DefaultMaxLength)
    {
        this.path = path;
        this.maxLength = maxLength;
        try
        {
            file = Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The log cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>
    /// Writes one entry. Never throws: whoever logs must not fail because the disk is full. Entries that could not be written are counted
    /// in the file as soon as it takes some again. What comes after <see cref="Dispose"/> is dropped: nobody is left to read it.
    /// </summary>
    /// <returns>Null, or why the entry was not written.</returns>
    public Exception? Write(DateTimeOffset at, LogLevel level, string category, string text, Exception? exception)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var entry = $"{time} {level,-11} {category}: {text}{Environment.NewLine}";
        if (exception is not null)
            entry += exception + Environment.NewLine;
        lock (gate)
            return disposed ? null : Write(entry);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            file.Dispose();
        }
    }

    private Exception? Write(string entry)
    {
        var gap = unwritten == 0 ? "" : $"{Environment.NewLine}({unwritten} entries could not be written){Environment.NewLine}";
        try
        {
            file.Write(Encoding.UTF8.GetBytes(gap + entry));
            unwritten = 0;
            if (file.Length > maxLength)
                PutAside();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            unwritten++;
            return error;
        }
    }

    private void PutAside()
    {
        File.Move(path, path + ".1", overwrite: true);
        var full = file;
        file = Open();
        full.Dispose();
    }

    private FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
