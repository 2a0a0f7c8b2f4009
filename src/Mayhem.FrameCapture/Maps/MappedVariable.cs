namespace Mayhem.FrameCapture.Maps;

/// <summary>Why a variable has no value in the frames of its method.</summary>
internal enum Omission
{
    None,
    Sensitive,
    CannotBeBoxed,
}

/// <summary>A variable of a woven method, as the weaver found it.</summary>
/// <param name="Kind">What it is to its method.</param>
/// <param name="Name">As it is written in the source.</param>
/// <param name="Type">Its declared type as C# writes it.</param>
/// <param name="Omission">Why it has no value.</param>
/// <param name="Index">Its place among the values of a frame; -1 if it has none.</param>
/// <param name="ScopeStart">IL offset from which on it can be named.</param>
/// <param name="ScopeEnd">IL offset from which on it can no longer be named.</param>
/// <param name="FirstStore">IL offset of the first instruction that assigns it; -1 if it has a value from the start.</param>
/// <param name="SharesItsPlace">Other variables with scopes of their own live in the same place.</param>
internal sealed record MappedVariable(
    VariableKind Kind, string Name, string Type, Omission Omission, int Index, int ScopeStart, int ScopeEnd, int FirstStore, bool SharesItsPlace);

/// <summary>A woven method.</summary>
/// <param name="Token">Its metadata token when it was woven.</param>
/// <param name="Name">Its name in the metadata.</param>
/// <param name="CodeSize">Bytes of IL when it was woven. If the method has another size now, somebody rewrote it and IL offsets mean nothing.</param>
/// <param name="Variables">Its variables: this, arguments, locals, closures.</param>
internal sealed record MappedMethod(int Token, string Name, int CodeSize, IReadOnlyList<MappedVariable> Variables);
