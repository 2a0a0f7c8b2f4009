using System.Runtime.InteropServices;

namespace Mayhem.Cli.Requests;

/// <summary>One line of a file, without its end.</summary>
/// <param name="Number">The line's number, from 1.</param>
/// <param name="Length">The line's length in bytes.</param>
/// <param name="Content">The line; null if it is longer than the reader keeps.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Utf8Line(int Number, long Length, byte[]? Content);
