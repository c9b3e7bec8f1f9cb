"""Edits documents in LibreOffice by its own automation: a macro that replaces, deletes, moves and comments on words.

The macro is in Basic, which every installation runs, in a profile of its own. It reads commands from a file, one a
line, with tabs between the words.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

_MACRO = """
Const PARAGRAPH_END = 0
Dim document As Object

Sub Run(job As String)
  Dim disk As Object, source As Object, words
  On Error Goto Failed
  disk = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  source = createUnoService("com.sun.star.io.TextInputStream")
  source.setInputStream(disk.openFileRead(job))
  source.setEncoding("UTF-8")
  Do While Not source.isEOF()
    words = Split(source.readLine(), Chr(9))
    If UBound(words) >= 0 Then Call Execute(words)
  Loop
  source.closeInput()
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open ConvertFromURL(job & ".failed") For Output As #1
  Print #1, Join(words, " | ") & ": " & Error$ & " in line " & Erl
  Close #1
  StarDesktop.terminate()
End Sub

Sub Execute(words)
  Dim place As Object, cursor As Object, note As Object, moved As String
  Select Case words(0)
    Case "open"
      Dim hidden(0) As New com.sun.star.beans.PropertyValue
      hidden(0).Name = "Hidden" : hidden(0).Value = True
      document = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, hidden())
    Case "author"
      Call SetAuthor(words(1))
    Case "track"
      document.RecordChanges = (words(1) = "on")
    Case "replace"
      place = Find(words(1))
      place.setString(words(2))
    Case "replace last"
      place = FindLast(words(1))
      place.setString(words(2))
    Case "delete paragraph"
      place = Find(words(1))
      cursor = place.getText().createTextCursorByRange(place)
      cursor.gotoStartOfParagraph(False)
      cursor.gotoNextParagraph(True)
      cursor.setString("")
    Case "move paragraph"
      place = Find(words(1))
      cursor = place.getText().createTextCursorByRange(place)
      cursor.gotoStartOfParagraph(False)
      cursor.gotoEndOfParagraph(True)
      moved = cursor.getString()
      cursor.gotoStartOfParagraph(False)
      cursor.gotoNextParagraph(True)
      cursor.setString("")
      Call AddParagraph(words(2), moved)
    Case "add paragraph"
      Call AddParagraph(words(1), words(2))
    Case "split"
      place = Find(words(1))
      place.getText().insertControlCharacter(place.getStart(), PARAGRAPH_END, False)
    Case "comment"
      place = Find(words(1))
      note = document.createInstance("com.sun.star.text.textfield.Annotation")
      note.Author = "Chair" : note.Content = words(2)
      place.getText().insertTextContent(place, note, True)
    Case "bold"
      place = Find(words(1))
      place.CharWeight = com.sun.star.awt.FontWeight.BOLD
    Case "save"
      Dim kind(0) As New com.sun.star.beans.PropertyValue
      kind(0).Name = "FilterName" : kind(0).Value = words(2)
      document.storeToURL(words(1), kind())
      document.close(True)
  End Select
End Sub

Sub AddParagraph(after As String, words As String)
  Dim place As Object, cursor As Object
  place = Find(after)
  cursor = place.getText().createTextCursorByRange(place)
  cursor.gotoEndOfParagraph(False)
  place.getText().insertControlCharacter(cursor, PARAGRAPH_END, False)
  place.getText().insertString(cursor, words, False)
End Sub

Function Find(words As String) As Object
  Dim search As Object
  search = document.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  Find = document.findFirst(search)
End Function

Function FindLast(words As String) As Object
  Dim search As Object, places As Object
  search = document.createSearchDescriptor()
  search.SearchString = words
  places = document.findAll(search)
  FindLast = places.getByIndex(places.getCount() - 1)
End Function

Sub SetAuthor(name As String)
  Dim provider As Object, settings As Object
  Dim where(0) As New com.sun.star.beans.PropertyValue
  where(0).Name = "nodepath" : where(0).Value = "/org.openoffice.UserProfile/Data"
  provider = createUnoService("com.sun.star.configuration.ConfigurationProvider")
  settings = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", where())
  settings.givenname = name
  settings.sn = ""
  settings.commitChanges()
End Sub
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Edits"/></library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">{}
</script:module>
"""
FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


@dataclass(frozen=True)
class OfficeEdits:
    """What is done to one document: where it is saved, and the commands in their order."""

    target: Path
    commands: tuple[tuple[str, ...], ...]


def edit_documents(soffice: str, source: Path, edits: Sequence[OfficeEdits], folder: Path) -> None:
    """Save an edited copy of a document for each of the edits."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    library = folder / "profile" / "user" / "basic" / "Standard"
    if not library.is_dir():  # a new profile replaces what is in this folder
        subprocess.run([soffice, profile, "--headless", "--terminate_after_init"], check=True, capture_output=True)
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (library / "Edits.xba").write_text(_MODULE.format(escape(_MACRO)), encoding="utf-8")
    lines: list[tuple[str, ...]] = []
    for document in edits:
        lines += [("open", source.as_uri()), *document.commands]
        lines.append(("save", document.target.as_uri(), FILTERS[document.target.suffix]))
    job = folder / "job.txt"
    job.write_text("\n".join("\t".join(words) for words in lines) + "\n", encoding="utf-8")
    macro = f'macro:///Standard.Edits.Run("{job.as_uri()}")'
    subprocess.run([soffice, profile, "--headless", "--norestore", macro], check=True, capture_output=True, timeout=60)
    failed = job.with_name(f"{job.name}.failed")
    assert not failed.exists(), failed.read_text(encoding="utf-8")
