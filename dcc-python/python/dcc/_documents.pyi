"""Types of the classes of documents: their fields are those of `dcc.types`."""

from typing import Any, ClassVar, Mapping, Optional, Union

from typing_extensions import Self, Unpack

from . import types
from ._dcc import Document

_Text = Union[str, bytes, bytearray]
_Source = Union[Document, Mapping[str, Any], _Text, None]

class FicheRcp(Document):
    KIND: ClassVar[str]
    def __new__(cls, source: Union[types.FicheRcp, _Source] = None, /, **fields: Unpack[types.FicheRcp]) -> Self: ...
    @classmethod
    def from_dict(cls, data: Union[types.FicheRcp, Mapping[str, Any]], /) -> Self: ...
    def fiche_fact(self, *, session: str, patient: str) -> types.FicheFact: ...

class Pps(Document):
    KIND: ClassVar[str]
    def __new__(cls, source: Union[types.Pps, _Source] = None, /, **fields: Unpack[types.Pps]) -> Self: ...
    @classmethod
    def from_dict(cls, data: Union[types.Pps, Mapping[str, Any]], /) -> Self: ...
    def pps_fact(self, *, patient: str) -> types.PpsFact: ...

class Ppac(Document):
    KIND: ClassVar[str]
    def __new__(cls, source: Union[types.Ppac, _Source] = None, /, **fields: Unpack[types.Ppac]) -> Self: ...
    @classmethod
    def from_dict(cls, data: Union[types.Ppac, Mapping[str, Any]], /) -> Self: ...

class CrAcp(Document):
    KIND: ClassVar[str]
    def __new__(cls, source: Union[types.CrAcp, _Source] = None, /, **fields: Unpack[types.CrAcp]) -> Self: ...
    @classmethod
    def from_dict(cls, data: Union[types.CrAcp, Mapping[str, Any]], /) -> Self: ...

class UnstructuredDocument(Document):
    KIND: ClassVar[str]
    def __new__(cls, source: Union[types.UnstructuredDocument, _Source] = None, /, **fields: Unpack[types.UnstructuredDocument]) -> Self: ...
    @classmethod
    def from_dict(cls, data: Union[types.UnstructuredDocument, Mapping[str, Any]], /) -> Self: ...
    @property
    def pdf(self) -> bytes: ...
    @property
    def document_kind(self) -> Optional[str]: ...
